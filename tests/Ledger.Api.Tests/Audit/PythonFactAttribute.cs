namespace Ledger.Api.Tests.Audit;

/// <summary>A test that runs a Python program; skipped where there is no Python.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3")))) Skip = "There is no python3 here.";
    }
}
