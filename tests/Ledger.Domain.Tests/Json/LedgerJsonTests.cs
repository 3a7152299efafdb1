using System.Text.Json;
using Ledger.Decisions.Json;

namespace Ledger.Domain.Tests.Json;

public class LedgerJsonTests
{
    private static readonly Guid Seven = Guid.Parse("0197f0f4-8d2e-7c3a-9a55-2f6f0c1d7e07");

    public enum Light { Green, DarkRed }

    [Fact]
    public void Everything_in_one_record_looks_as_it_should()
    {
        var wish = new Wish(
            new WishId(Seven), "Sólveig Þórðardóttir", Light.DarkRed, Instant.FromUtc(2026, 3, 10, 9, 30),
            new LocalDate(2026, 2, 28), new LocalTime(6, 0), DateTimeZoneProviders.Tzdb["Atlantic/Reykjavik"],
            new Personal<string>("AAEC"), new Money(1290, Currency.Parse("DKK")),
            new() { ["myKey"] = new WishId(Seven) });
        const string Json = """
            {"id":"0197f0f4-8d2e-7c3a-9a55-2f6f0c1d7e07","full_name":"Sólveig Þórðardóttir","light":"dark_red",
            "granted_at":"2026-03-10T09:30:00Z","due_on":"2026-02-28","at":"06:00:00","zone":"Atlantic/Reykjavik",
            "email":{"sealed":"AAEC"},"price":{"amount":1290,"currency":"DKK"},
            "others":{"myKey":"0197f0f4-8d2e-7c3a-9a55-2f6f0c1d7e07"}}
            """;
        JsonSerializer.Serialize(wish, LedgerJson.Options).ShouldBe(Json.ReplaceLineEndings(""));

        var read = JsonSerializer.Deserialize<Wish>(Json, LedgerJson.Strict).ShouldNotBeNull();
        read.Others.ShouldBe(wish.Others);
        (read with { Others = wish.Others }).ShouldBe(wish);
    }

    [Fact]
    public void Microseconds_are_kept_and_zeros_at_the_end_are_not()
    {
        var instant = Instant.FromUtc(2026, 3, 10, 9, 30) + Duration.FromNanoseconds(120_456_000L);
        JsonSerializer.Serialize(instant, LedgerJson.Options).ShouldBe("\"2026-03-10T09:30:00.120456Z\"");
        JsonSerializer.Deserialize<Instant>("\"2026-03-10T09:30:00.120456Z\"", LedgerJson.Options).ShouldBe(instant);
        JsonSerializer.Serialize(instant.Plus(Duration.FromNanoseconds(-456_000L)), LedgerJson.Options)
            .ShouldBe("\"2026-03-10T09:30:00.12Z\"");
    }

    [Theory]
    [InlineData("\"2026-03-10T09:30:00\"")]
    [InlineData("\"2026-03-10T09:30:00+01:00\"")]
    [InlineData("\"2026-03-10T09:30:00.1234567Z\"")]
    [InlineData("\"2026-02-29T09:30:00Z\"")]
    [InlineData("1773135000")]
    public void A_moment_is_refused_unless_it_is_in_UTC(string json) => Refused<Instant>(json);

    [Theory]
    [InlineData("\"2026-02-29\"")]
    [InlineData("\"28-02-2026\"")]
    [InlineData("\"2026-02-28T00:00:00Z\"")]
    public void A_date_is_refused_unless_the_calendar_has_it(string json) => Refused<LocalDate>(json);

    [Theory]
    [InlineData("\"Mars/Olympus\"")]
    [InlineData("\"UTC+05\"")]
    [InlineData("\"+05:00\"")]
    [InlineData("null")]
    public void A_zone_is_refused_unless_it_is_a_place(string json) => Refused<Place>($$"""{"zone":{{json}}}""");

    [Fact]
    public void UTC_is_a_zone() => JsonSerializer
        .Deserialize<DateTimeZone>("\"UTC\"", LedgerJson.Options).ShouldBe(DateTimeZone.Utc);

    [Theory]
    [InlineData("1")]
    [InlineData("\"1\"")]
    [InlineData("\"DarkRed\"")]
    [InlineData("\"Dark_Red\"")]
    [InlineData("\"green, dark_red\"")]
    [InlineData("\"\"")]
    public void A_word_is_refused_unless_it_is_in_the_list(string json) => Refused<Light>(json);

    [Fact]
    public void A_word_that_is_not_in_the_list_is_not_written_either() =>
        Should.Throw<JsonException>(() => JsonSerializer.Serialize((Light)7, LedgerJson.Options));

    [Theory]
    [InlineData("\"0197f0f48d2e7c3a9a552f6f0c1d7e07\"")]
    [InlineData("{\"value\":\"0197f0f4-8d2e-7c3a-9a55-2f6f0c1d7e07\"}")]
    [InlineData("7")]
    public void An_id_is_refused_unless_it_is_a_UUID(string json) => Refused<WishId>(json);

    [Fact]
    public void What_may_be_null_is_not_written_and_may_be_absent()
    {
        JsonSerializer.Serialize(new Notes("a", null), LedgerJson.Options).ShouldBe("""{"first":"a"}""");
        JsonSerializer.Deserialize<Notes>("""{"first":"a"}""", LedgerJson.Strict).ShouldBe(new Notes("a", null));
        JsonSerializer.Deserialize<Notes>("""{"first":"a","rest":null,"number":null}""", LedgerJson.Strict)
            .ShouldBe(new Notes("a", null));
    }

    [Theory]
    [InlineData("""{"rest":"b"}""")]
    [InlineData("""{"first":null}""")]
    public void What_may_not_be_null_must_be_there(string json) => Refused<Notes>(json);

    [Fact]
    public void An_unknown_member_is_skipped_in_the_log_and_refused_in_a_request()
    {
        const string Json = """{"first":"a","color":"red"}""";
        JsonSerializer.Deserialize<Notes>(Json, LedgerJson.Options).ShouldBe(new Notes("a", null));
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Notes>(Json, LedgerJson.Strict));
    }

    [Fact]
    public void A_member_given_twice_is_refused_in_a_request() => Should.Throw<JsonException>(
        () => JsonSerializer.Deserialize<Notes>("""{"first":"a","first":"b"}""", LedgerJson.Strict));

    [Fact]
    public void Nobody_changes_the_options()
    {
        LedgerJson.Options.IsReadOnly.ShouldBeTrue();
        LedgerJson.Strict.IsReadOnly.ShouldBeTrue();
    }

    private static void Refused<T>(string json)
    {
        foreach (var options in (JsonSerializerOptions[])[LedgerJson.Options, LedgerJson.Strict])
            Should.Throw<JsonException>(() => JsonSerializer.Deserialize<T>(json, options), json);
    }

    public readonly record struct WishId(Guid Value) : IId<WishId>
    {
        public static WishId From(Guid value) => new(value);
    }

    public sealed record Wish(
        WishId Id, string FullName, Light Light, Instant GrantedAt, LocalDate DueOn, LocalTime At, DateTimeZone Zone,
        Personal<string> Email, Money Price, Dictionary<string, WishId> Others, WishId? Parent = null,
        Light? Next = null);

    /// <summary>Deliberately without defaults: that a member may be null is enough.</summary>
    public sealed record Notes(string First, string? Rest, int? Number = null, WishId? Other = null);

    public sealed record Place(DateTimeZone Zone);
}
