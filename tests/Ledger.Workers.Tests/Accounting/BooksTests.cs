using System.Diagnostics;
using System.Globalization;
using Ledger.Domain.Accounting;
using Ledger.EventStore.Database;
using Ledger.EventStore.Events;
using Ledger.Projections.Accounting;
using NodaTime;

namespace Ledger.Workers.Tests.Accounting;

public sealed class BooksTests(ThreeMonths months) : IClassFixture<ThreeMonths>
{
    private readonly TestLedger ledger = months.Ledger;

    [Fact]
    public async Task Debits_and_credits_are_the_same_at_every_position_and_are_what_the_log_says()
    {
        var log = await Log();
        var head = log[^1].Position;
        var positions = Enumerable.Range(0, 40).Select(i => head * i / 40).Append(AccountTotalView.BlockSize - 1).Append(head);
        foreach (var position in positions.Where(one => one <= head))
        {
            var day = log.Where(one => one.Position <= position).Select(one => one.On).DefaultIfEmpty(ThreeMonths.Today).Max();
            var lines = await Balances(day, position);
            lines.Sum(one => one.Balance).ShouldBe(0, $"at {position}");
            lines.Where(one => one.Balance != 0).ToDictionary(one => one.Account, one => one.Balance)
                .ShouldBe(Folded(log, position, day), ignoreOrder: true, $"at {position}");
        }
    }

    [Fact]
    public async Task The_accounts_agree_with_invoices_and_payments()
    {
        var lines = (await Balances(ThreeMonths.Today, long.MaxValue / 2)).ToDictionary(one => one.Account, one => one.Balance);
        lines[Account.Cash("sandbox")].ShouldBe(await Sql("select sum(captured - refunded) from views.payments where tenant_id = $1"));
        lines[Account.Receivable].ShouldBe(await Sql(
            "select sum(total - settled - reduced) from views.invoices where tenant_id = $1 and status in ('pending', 'overdue')"));
        lines.GetValueOrDefault(Account.Unapplied).ShouldBe(0);
        lines.GetValueOrDefault(Account.Tax).ShouldBe(-await Sql("select sum(tax) from views.invoices where tenant_id = $1"));
        (lines[Account.Revenue] + lines[Account.DeferredRevenue]).ShouldBe(-await Sql("select sum(net) from views.invoices where tenant_id = $1"));
    }

    [ProgramFact("hledger")]
    public async Task Hledger_reads_the_journal_and_comes_to_the_same_balances()
    {
        using var file = new TextFile();
        await Export(JournalFormat.Hledger, file.Path);
        Run("hledger", "-f", file.Path, "check").ShouldBe("");
        var theirs = Run("hledger", "-f", file.Path, "balance", "--flat", "--no-total", "-O", "csv", "--layout", "bare")
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(',').Select(cell => cell.Trim('"')).ToArray())
            .ToDictionary(cells => $"{cells[0]} {cells[1]}", cells => decimal.Parse(cells[2], CultureInfo.InvariantCulture));
        var ours = (await Balances(ThreeMonths.Today, long.MaxValue / 2)).Where(one => one.Balance != 0)
            .ToDictionary(one => $"{one.Account} {one.Commodity}", one => one.Balance / 100m);
        theirs.ShouldBe(ours, ignoreOrder: true);
    }

    /// <summary>The file ends with what we say the balances are: the program checks each of them.</summary>
    [ProgramFact("bean-check")]
    public async Task Beancount_reads_the_journal_and_agrees_with_its_balances()
    {
        using var file = new TextFile();
        await Export(JournalFormat.Beancount, file.Path);
        (await File.ReadAllTextAsync(file.Path)).ShouldContain(" balance Assets:Receivable ");
        Run("bean-check", file.Path).ShouldBe("");
    }

    [Fact]
    public async Task A_table_has_a_line_for_each_posting()
    {
        using var file = new TextFile();
        await Export(JournalFormat.Csv, file.Path);
        var sums = (await File.ReadAllLinesAsync(file.Path)).Skip(1).Select(line => line.Split(','))
            .GroupBy(cells => cells[3]).ToDictionary(group => group.Key, group => group.Sum(cells => decimal.Parse(cells[4], CultureInfo.InvariantCulture)));
        foreach (var line in await Balances(ThreeMonths.Today, long.MaxValue / 2)) sums[line.Account].ShouldBe(line.Balance / 100m, line.Account);
    }

    private Task<List<AccountLine>> Balances(LocalDate day, long position) =>
        ledger.Get<TrialBalance>().On(ledger.TenantName, day, at: null, position, CancellationToken.None);

    private async Task Export(JournalFormat format, string path)
    {
        await using var output = new StreamWriter(path);
        await ledger.Get<JournalExport>().Write(ledger.TenantName, format, null, ThreeMonths.Today, long.MaxValue / 2, output, CancellationToken.None);
    }

    /// <summary>Entry by entry from the log itself, without any view.</summary>
    private static Dictionary<string, long> Folded(IReadOnlyList<(long Position, LocalDate On, JournalEntry Entry)> log, long position, LocalDate day)
    {
        var sums = new Dictionary<string, long>();
        foreach (var (_, _, entry) in log.Where(one => one.Position <= position && one.On <= day))
        {
            foreach (var line in entry.Postings) sums[line.Account] = sums.GetValueOrDefault(line.Account) + line.Amount;
            foreach (var spread in entry.Spread)
            {
                sums[spread.From] = sums.GetValueOrDefault(spread.From) + spread.MovedBy(day);
                sums[spread.To] = sums.GetValueOrDefault(spread.To) - spread.MovedBy(day);
            }
        }

        return sums.Where(one => one.Value != 0).ToDictionary();
    }

    private async Task<IReadOnlyList<(long Position, LocalDate On, JournalEntry Entry)>> Log()
    {
        var json = ledger.Get<EventJson>();
        var rows = await ledger.Get<LedgerDatabase>().QueryAsWorker(
            "select seq_id, type, data::text from mt_events where tenant_id = $1 order by seq_id", [ledger.TenantName],
            row => (Position: row.GetInt64(0), Event: json.Read(row.GetString(1), row.GetString(2))), CancellationToken.None);
        return [.. rows.Select(row => (row.Position, Entry: Journal.Of(row.Event))).Where(row => row.Entry is not null).Select(row => (row.Position, row.Entry!.On!.Value, row.Entry!))];
    }

    private async Task<long> Sql(string sql) =>
        (await ledger.Get<LedgerDatabase>().QueryAsTenant(ledger.TenantName, sql, [ledger.TenantName], row => (long)row.GetDecimal(0), CancellationToken.None))[0];

    /// <returns>What it prints, complaints too.</returns>
    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return output.Result + errors;
    }
}
