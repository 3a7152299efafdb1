using System.Text.Json;
using NodaTime.Text;

namespace Ledger.Decisions.Json;

/// <summary>A date or time in the one form that a pattern writes.</summary>
internal sealed class PatternJson<T>(IPattern<T> pattern) : TextJson<T> where T : notnull
{
    protected override T FromText(string text) =>
        pattern.Parse(text) is { Success: true } parsed
            ? parsed.Value
            : throw new JsonException($"The text is not a {typeof(T).Name} in ISO 8601.");

    protected override string ToText(T value) => pattern.Format(value);
}
