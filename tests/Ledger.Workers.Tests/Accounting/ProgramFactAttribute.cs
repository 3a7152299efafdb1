namespace Ledger.Workers.Tests.Accounting;

/// <summary>A test that runs a program of the machine; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program)
    {
        Program = program;
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)))) Skip = $"There is no {program} here.";
    }

    public string Program { get; }
}
