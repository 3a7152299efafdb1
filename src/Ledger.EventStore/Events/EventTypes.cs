using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Ledger.EventStore.Events;

/// <summary>Which name in the log is which type here, and how an older shape becomes today's.</summary>
public sealed partial class EventTypes
{
    private readonly FrozenDictionary<Type, string> names;
    private readonly FrozenDictionary<string, Type> types;
    private readonly FrozenDictionary<string, IUpcaster> upcasters;
    private readonly FrozenDictionary<Type, (Type State, string Category)> states;

    /// <exception cref="ArgumentException">Two types have one name, or an upcaster leads nowhere or back to itself.</exception>
    public EventTypes(params IEnumerable<Assembly> assemblies)
    {
        var all = assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsAbstract: false, ContainsGenericParameters: false }).ToArray();
        names = all.Where(typeof(IEvent).IsAssignableFrom).ToFrozenDictionary(type => type, NameOf);
        types = names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
        var kinds = assemblies.SelectMany(assembly => assembly.GetTypes()).SelectMany(StateAndEvent).ToArray();
        states = names.Keys.Select(type => (Event: type, Array.Find(kinds, kind => kind.Event.IsAssignableFrom(type)).State))
            .Where(one => one.State is not null).ToFrozenDictionary(one => one.Event, one => (one.State, SnakeCase(one.State.Name)));
        upcasters = all.Where(typeof(IUpcaster).IsAssignableFrom)
            .Select(type => (IUpcaster)Activator.CreateInstance(type)!).ToFrozenDictionary(one => one.From);
        if (upcasters.Values.FirstOrDefault(one => !types.ContainsKey(one.To) && !upcasters.ContainsKey(one.To)) is { } lost)
            throw new ArgumentException($"The upcaster of {lost.From} leads to {lost.To}, which is no event.");
        if (upcasters.Keys.FirstOrDefault(LeadsBack) is { } round)
            throw new ArgumentException($"The upcasters of {round} lead back to where they have been, and to no event.");
    }

    /// <summary>Every name that can be read, older shapes included.</summary>
    public IEnumerable<string> Names => types.Keys.Concat(upcasters.Keys).Order(StringComparer.Ordinal);

    /// <summary>The names of shapes that are no longer written.</summary>
    public IEnumerable<string> OlderNames => upcasters.Keys;

    public IEnumerable<Type> Types => names.Keys;

    /// <summary>What its events make of a stream: the type that Marten knows the stream by.</summary>
    /// <exception cref="InvalidOperationException">Events of this type are written to another kind of stream.</exception>
    public Type? StateOf(NewEvent written)
    {
        if (!states.TryGetValue(written.Event.GetType(), out var known)) return null;
        return known.Category == written.Stream.Category ? known.State : throw new InvalidOperationException(
            $"{written.Event.GetType().Name} is written to {known.Category} streams, so it cannot be to a {written.Stream.Category} stream.");
    }

    public string NameFor(Type type) => names[type];

    /// <summary>The type to read this name as, and the steps that lead there from the stored JSON.</summary>
    /// <exception cref="UnknownEventException">No type of this program has the name.</exception>
    public (Type Type, IReadOnlyList<IUpcaster> Steps) Find(string name)
    {
        if (types.TryGetValue(name, out var type)) return (type, []);
        var steps = new List<IUpcaster>();
        while (upcasters.TryGetValue(name, out var step))
        {
            steps.Add(step);
            name = step.To;
        }

        return types.TryGetValue(name, out type) ? (type, steps) : throw new UnknownEventException(name);
    }

    /// <summary>Whether the steps from a name never come to an event: there are no more of them than upcasters otherwise.</summary>
    private bool LeadsBack(string name)
    {
        for (var steps = 0; steps <= upcasters.Count; steps++)
        {
            if (types.ContainsKey(name)) return false;
            name = upcasters[name].To;
        }

        return true;
    }

    /// <summary>The snake_case of a name: <c>InvoiceIssued</c> is <c>invoice_issued</c>.</summary>
    public static string SnakeCase(string name) =>
        string.Concat(WordStarts().Replace(name, "_").TrimStart('_').Select(char.ToLowerInvariant));

    /// <summary>A state, and the events that make it.</summary>
    private static IEnumerable<(Type State, Type Event)> StateAndEvent(Type type) => type.GetInterfaces()
        .Where(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IState<,>) && one.GenericTypeArguments[0] == type)
        .Select(one => (type, one.GenericTypeArguments[1]));

    private static string NameOf(Type type) =>
        type.GetCustomAttribute<EventNameAttribute>()?.Name ?? SnakeCase(type.Name);

    [GeneratedRegex(@"(?<=\p{Ll}|\d)(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})")]
    private static partial Regex WordStarts();
}

/// <summary>The log has an event that this program does not know: it is older than the log.</summary>
public sealed class UnknownEventException(string name)
    : Exception($"The log has an event named '{name}', which this version of Ledger does not know. Run a newer version.");
