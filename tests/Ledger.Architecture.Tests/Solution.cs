using System.Reflection;
using System.Runtime.CompilerServices;

namespace Ledger.Architecture.Tests;

/// <summary>The assemblies of the ledger, by the name of their project.</summary>
internal static class Solution
{
    public static readonly string[] Projects =
        ["LocalPostgres", "Decisions", "Domain", "EventStore", "Messaging", "Projections", "Gateways", "Identity", "Application", "Workers", "Cli", "Api"];

    public static readonly Assembly Domain = Load("Domain");

    public static Assembly Load(string project) => Assembly.Load($"Ledger.{project}");

    /// <summary>Everything declared: types that the compiler made are left out.</summary>
    public static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(type => type.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !type.Name.Contains('<'));

    /// <summary>Compares with a pinned list. What differs is left beside it, to be looked at.</summary>
    public static void ShouldBePinned(this IEnumerable<string> lines, string file, [CallerFilePath] string path = "")
    {
        var pinned = Path.Combine(Path.GetDirectoryName(path)!, file);
        string[] now = [.. lines.Order(StringComparer.Ordinal)];
        string[] before = File.Exists(pinned) ? File.ReadAllLines(pinned) : [];
        if (!now.SequenceEqual(before)) File.WriteAllLines(Path.ChangeExtension(pinned, $".received{Path.GetExtension(pinned)}"), now);
        now.ShouldBe(before, $"{file} differs.");
    }
}
