using System.Runtime.CompilerServices;

namespace Ledger.Scenarios.Webhooks;

/// <summary>A test that has Node verify what was sent; skipped where there is no Node, or its packages were not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        if (!path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "node")))) Skip = "There is no node here.";
        else if (!Directory.Exists(Path.Combine(Folder(), "node_modules"))) Skip = "Run `npm ci --ignore-scripts` in tests/Ledger.Scenarios/Webhooks/verifiers first.";
    }

    public static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "verifiers");
}
