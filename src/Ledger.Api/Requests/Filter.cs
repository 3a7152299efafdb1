using Ledger.Gateways.Entered;
using NodaTime.Text;

namespace Ledger.Api.Requests;

/// <summary>What a list is narrowed by, from the query; what is not there narrows nothing.</summary>
internal static class Filter
{
    public static Guid? Id(HttpContext http, string name)
    {
        if (Text(http, name) is not { } text) return null;
        Check.That(Guid.TryParse(text, out var id), name, "not_an_id", "A UUID.").OrRefuse();
        return id;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool? Flag(HttpContext http, string name)
    {
        if (Text(http, name) is not { } text) return null;
        Check.That(text is "true" or "false", name, "unknown_value", "true or false.").OrRefuse();
        return text is "true";
    }

    public static LocalDate? Date(HttpContext http, string name)
    {
        if (Text(http, name) is not { } text) return null;
        var parsed = LocalDatePattern.Iso.Parse(text);
        Check.That(parsed.Success && parsed.Value.Year >= 1, name, "not_a_date", "A date, as 2026-03-10.").OrRefuse();
        return parsed.Value;
    }

    /// <summary>One of the words of an enumeration, in snake_case.</summary>
    public static string? Word<TEnum>(HttpContext http, string name) where TEnum : struct, Enum
    {
        if (Text(http, name) is not { } text) return null;
        var words = Enum.GetNames<TEnum>().Select(EventStore.Events.EventTypes.SnakeCase).ToList();
        Check.That(words.Contains(text), name, "unknown_value", $"One of {string.Join(", ", words)}.").OrRefuse();
        return text;
    }

    public static string? Text(HttpContext http, string name)
    {
        var text = http.Request.Query[name].ToString();
        Check.That(text.Length <= 200, name, "text_length", "At most 200 characters.")
            .And(EnteredText.TryNormalize(text, out var normal), name, "invisible_mark", EnteredText.Reason).OrRefuse();
        return normal.Length == 0 ? null : normal;
    }
}
