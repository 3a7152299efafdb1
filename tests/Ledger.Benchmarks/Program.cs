using Ledger.Benchmarks;
using Ledger.Benchmarks.Scenarios;

// ./ledger bench             lists the scenarios
// ./ledger bench NAME…       measures them; `all` means each
// ./ledger bench NAME --write   puts the figures into docs/performance.md, too
IScenario[] scenarios = [new CommitScenario(), new AppendScenario(), new LoadScenario(), new RebuildScenario(), new VisibleScenario(), new MessagesScenario(), new HttpScenario(), new ProtectionScenario(), new BillingScenario(), new GrowthScenario(), new SubscribersScenario(), new WebhooksScenario(), new ExportScenario(), new FinanceScenario()];
var writes = args.Contains("--write");
var names = args.Where(one => one != "--write").ToList();
var asked = names.Contains("all") ? [.. scenarios] : scenarios.Where(one => names.Contains(one.Name)).ToList();
var unknown = names.Where(name => name != "all" && !scenarios.Any(one => one.Name == name)).ToList();
if (asked.Count == 0 || unknown.Count > 0)
{
    if (unknown.Count > 0) Console.Error.WriteLine($"There is no scenario {string.Join(", ", unknown)}.");
    Console.WriteLine("Scenarios, for `./ledger bench NAME… [--write]`; `all` runs each:");
    foreach (var one in scenarios) Console.WriteLine($"  {one.Name,-14} {one.What}");
    return unknown.Count > 0 ? 2 : 0;
}

foreach (var scenario in asked)
{
    Console.WriteLine($"{scenario.Name}: {scenario.What}");
    var figures = await scenario.Run(CancellationToken.None);
    foreach (var line in Report.Lines(figures)) Console.WriteLine(line);
    if (writes) Report.Write(scenario, figures);
}

return 0;
