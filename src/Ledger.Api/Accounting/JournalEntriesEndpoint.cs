using Ledger.Domain.Accounting;
using Ledger.Domain.People;
using Ledger.Projections;
using Ledger.Projections.Accounting;

namespace Ledger.Api.Accounting;

internal static class JournalEntriesEndpoint
{
    public static void MapJournalEntries(this IEndpointRouteBuilder api) => api.MapGroup("/journal-entries").WithTags("Accounting")
        .MapGet("/", List)
        .Is("listJournalEntries", "List what was booked, newest first; by account, resource_id, from_date and to_date.", Who.Staff, Permission.ViewFinancialReports)
        .Lists<JournalEntryResponse>();

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<JournalEntryRow>(call.Tenant, "journal_entries", page.Wanted,
            [
                ("stream_id = {0}", Filter.Id(http, "resource_id")), ("string_to_array(accounts, ' ') @> array[{0}::text]", Filter.Text(http, "account")),
                ("on_date >= {0}", Filter.Date(http, "from_date")), ("on_date <= {0}", Filter.Date(http, "to_date")),
            ], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, JournalEntryResponse.From), LedgerJson.Options);
    }
}

/// <summary>What an event did to the accounts.</summary>
/// <param name="Position">Of the event in the log.</param>
/// <param name="ResourceId">Of the invoice, payment, … that it happened to.</param>
/// <param name="Postings">Debits above zero, credits below; they add up to nothing in every commodity.</param>
/// <param name="Spread">What moves by the day from here on.</param>
public sealed record JournalEntryResponse(
    Guid Id, long Position, LocalDate On, Instant EffectiveAt, string Description, string Event, Guid ResourceId, IReadOnlyList<Posting> Postings,
    IReadOnlyList<Spread> Spread)
{
    public static JournalEntryResponse From(JournalEntryRow row) => new(
        row.Id, row.CreatedPosition, row.OnDate, row.EffectiveAt, row.Description, row.EventType, row.StreamId,
        Json.To<List<Posting>>(row.Postings)!, Json.To<List<Spread>>(row.Spread) ?? []);
}
