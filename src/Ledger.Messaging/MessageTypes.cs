using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Ledger.Decisions.Json;

namespace Ledger.Messaging;

/// <summary>Which name in the message table is which type here. Names are snake_case of the class name.</summary>
public sealed class MessageTypes(params IEnumerable<Assembly> assemblies)
{
    private readonly FrozenDictionary<string, Type> types = assemblies.SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsAbstract: false } && typeof(IMessage).IsAssignableFrom(type))
        .ToFrozenDictionary(type => EventTypes.SnakeCase(type.Name));

    public IEnumerable<Type> All => types.Values;

    public static (string Name, string Json) Write(IMessage message) =>
        (EventTypes.SnakeCase(message.GetType().Name), JsonSerializer.Serialize(message, message.GetType(), LedgerJson.Options));

    public IMessage Read(string name, string json) => types.TryGetValue(name, out var type)
        ? (IMessage)JsonSerializer.Deserialize(json, type, LedgerJson.Options)!
        : throw new InvalidOperationException($"No message is named '{name}' in this version of Ledger.");
}
