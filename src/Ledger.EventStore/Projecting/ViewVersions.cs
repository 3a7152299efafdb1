namespace Ledger.EventStore.Projecting;

/// <summary>The versions of views that a program has the code of.</summary>
/// <remarks>
/// The lowest version of a name is built by itself. A higher one beside it is built on demand, and read from when it was switched to.
/// </remarks>
public static class ViewVersions
{
    /// <summary>The version that is built by itself; null where there is no such view.</summary>
    public static View? Usual(this IEnumerable<View> views, string name) => views.Where(view => view.Name == name).MinBy(view => view.Version);

    /// <summary>This version; null where the program does not have it.</summary>
    public static View? Of(this IEnumerable<View> views, string name, int version) => views.FirstOrDefault(view => view.Name == name && view.Version == version);

    /// <summary>Of each view, the version that its table is of; the usual one where the program has that version no more.</summary>
    public static IReadOnlyList<View> Current(this IReadOnlyList<View> views, IReadOnlyDictionary<string, ActiveTable> active) =>
        [.. views.Select(view => view.Name).Distinct().Select(name => views.Of(name, active[name].Version) ?? views.Usual(name)!)];
}
