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

    /// <summary>What each of them comes to, as it is written down in <c>view_prints.txt</c>; a test holds the file to the code.</summary>
    public static ViewPrints Prints()
    {
        using var file = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("view_prints.txt")!);
        return Prints(file.ReadToEnd());
    }

    /// <summary>Reads lines of three kinds: an event that is known; a view, its version and columns; what the last view makes of an event.</summary>
    private static ViewPrints Prints(string text)
    {
        var (known, views, effects) = (new HashSet<string>(), new List<ViewPrint>(), new Dictionary<string, string>());
        foreach (var words in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
        {
            if (words is ["event", var name]) _ = known.Add(name);
            else if (words is ["view", var view, var version, var columns])
                views.Add(new(view, int.Parse(version, System.Globalization.CultureInfo.InvariantCulture), columns, effects = []));
            else effects[words[0]] = words[1];
        }

        return new(views, known);
    }
}
