using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NodaTime.Text;

namespace Ledger.Decisions.Json;

/// <summary>How everything of ours looks as JSON: in the log, in messages, and on the wire.</summary>
/// <remarks>
/// Names are snake_case; ids are UUID strings; instants are RFC 3339 in UTC, to the microsecond; dates and times of
/// day are ISO 8601; zones are IANA ids. A null is not written, and a member that may be null may be absent.
/// Everything else that a constructor asks for must be there. Dictionary keys are left as they are.
/// </remarks>
public static class LedgerJson
{
    private static readonly InstantPattern Instants =
        InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss.FFFFFF'Z'");

    /// <summary>For what is stored: a member that nobody knows any more is skipped. Read-only.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonUnmappedMemberHandling.Skip, duplicates: true);

    /// <summary>
    /// For requests: an unknown member or one given twice is refused, so a typo never goes unnoticed. Read-only.
    /// </summary>
    public static JsonSerializerOptions Strict { get; } =
        Create(JsonUnmappedMemberHandling.Disallow, duplicates: false);

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped, bool duplicates)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = unmapped,
            AllowDuplicateProperties = duplicates,

            // Names are Icelandic and Danish; they stay readable. The text is never put into a page as it is.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LetNullsBeAbsent } },
            Converters =
            {
                new EnumJson(),
                new IdJson(),
                new PatternJson<Instant>(Instants),
                new PatternJson<LocalDate>(LocalDatePattern.Iso),
                new PatternJson<LocalTime>(LocalTimePattern.ExtendedIso),
                new ZoneJson(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>What is not written when it is null cannot be demanded when it is read.</summary>
    private static void LetNullsBeAbsent(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.IsSetNullable)) property.IsRequired = false;
    }
}
