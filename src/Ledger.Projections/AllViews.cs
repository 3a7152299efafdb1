using System.Reflection;

namespace Ledger.Projections;

/// <summary>Every view there is, in every version: the classes of this assembly.</summary>
public static class AllViews
{
    public static IReadOnlyList<View> Create() =>
        [.. Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(View)))
            .Select(type => (View)Activator.CreateInstance(type)!)
            .OrderBy(view => view.Name, StringComparer.Ordinal).ThenBy(view => view.Version)];
}
