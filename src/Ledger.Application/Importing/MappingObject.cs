using System.Text.Json;

namespace Ledger.Application.Importing;

/// <summary>One object of a mapping file. A member that nobody asked for is refused, so that a typo never goes unnoticed.</summary>
internal sealed class MappingObject
{
    private readonly Dictionary<string, JsonElement> members = [];
    private readonly string path;

    /// <exception cref="ImportFaultException">It is no object, or has a member it may not have, or has one twice.</exception>
    public MappingObject(JsonElement element, string path, params ReadOnlySpan<string> known)
    {
        this.path = path;
        if (element.ValueKind is not JsonValueKind.Object) throw new ImportFaultException(path, "is to be an object");
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new ImportFaultException(At(member.Name), $"is unknown; possible here: {string.Join(", ", known.ToArray())}");
            if (!members.TryAdd(member.Name, member.Value)) throw new ImportFaultException(At(member.Name), "stands there twice");
        }
    }

    public string At(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public bool Has(string name) => members.ContainsKey(name);

    /// <summary>Null when the member is not there.</summary>
    public string? Text(string name) => !members.TryGetValue(name, out var member) ? null
        : member.ValueKind is JsonValueKind.String ? member.GetString()
        : throw new ImportFaultException(At(name), "is to be a string");

    public MappingObject Object(string name, params ReadOnlySpan<string> known) => new(Required(name), At(name), known);

    public MappedField Field(string name, params ReadOnlySpan<string> more) =>
        MappedField.Read(new(Required(name), At(name), [.. MappedField.Members, .. more]), At(name));

    public MappedField? OptionalField(string name) => Has(name) ? Field(name) : null;

    /// <summary>The members of a table of texts.</summary>
    public IReadOnlyDictionary<string, string>? Texts(string name)
    {
        if (!Has(name)) return null;
        if (members[name].ValueKind is not JsonValueKind.Object) throw new ImportFaultException(At(name), "is to be an object");
        var texts = new Dictionary<string, string>();
        foreach (var member in members[name].EnumerateObject())
        {
            if (member.Value.ValueKind is not JsonValueKind.String)
                throw new ImportFaultException($"{At(name)}.{member.Name}", "is to be a string");
            if (!texts.TryAdd(member.Name, member.Value.GetString()!)) throw new ImportFaultException($"{At(name)}.{member.Name}", "stands there twice");
        }

        return texts;
    }

    private JsonElement Required(string name) =>
        members.TryGetValue(name, out var member) ? member : throw new ImportFaultException(At(name), "is missing");
}
