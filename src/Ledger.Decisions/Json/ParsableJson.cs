using System.Globalization;
using System.Text.Json;

namespace Ledger.Decisions.Json;

/// <summary>
/// A value whose JSON is the string that it prints and parses. Put it on the type, so it holds under any options.
/// </summary>
public sealed class ParsableJson<T> : TextJson<T> where T : IParsable<T>
{
    protected override T FromText(string text) =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new JsonException($"The text is not a {typeof(T).Name}.");

    protected override string ToText(T value) => value.ToString()!;
}
