using System.CommandLine;

namespace Ledger.Cli;

/// <summary>Which view a command is about.</summary>
internal static class AskedView
{
    public static Argument<string> Name() => new("view") { Description = "Which view." };

    /// <summary>A view of this name, whichever version.</summary>
    /// <exception cref="WrongArgumentsException">There is none; the message names all.</exception>
    public static View Of(IReadOnlyList<View> all, string name) => all.Usual(name)
        ?? throw new WrongArgumentsException($"There is no view \"{name}\". There are {string.Join(", ", all.Select(view => view.Name).Distinct())}.");

    /// <summary>The code of this version, written as v2; without one, of the version that the view's table is of.</summary>
    /// <exception cref="WrongArgumentsException">The program has no such version.</exception>
    public static View Of(IReadOnlyList<View> all, string name, string? version, IReadOnlyDictionary<string, ActiveTable> active)
    {
        var usual = Of(all, name);
        if (version is null) return all.Of(name, active[name].Version) ?? usual;
        return version is ['v', .. var digits] && int.TryParse(digits, System.Globalization.NumberStyles.None, null, out var number) && all.Of(name, number) is { } one ? one
            : throw new WrongArgumentsException($"This program has no code \"{version}\" of {name}. It has {string.Join(", ", all.Where(view => view.Name == name).Select(view => $"v{view.Version}"))}.");
    }

    /// <summary>Does what may not be possible as things stand.</summary>
    /// <exception cref="RefusedException">It is not; the message says why.</exception>
    public static async Task<T> Try<T>(Func<Task<T>> work)
    {
        try { return await work(); }
        catch (InvalidOperationException e) { throw new RefusedException(e.Message); }
        catch (PoisonEventException e) { throw new RefusedException($"The view stays as it was: {e.Message}"); }
    }

    public static Task Try(Func<Task> work) => Try(async () =>
    {
        await work();
        return true;
    });
}
