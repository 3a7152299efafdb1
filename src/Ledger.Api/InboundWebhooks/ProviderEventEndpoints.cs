using Ledger.Domain.Amounts;
using Ledger.Domain.PaymentIntents;
using Ledger.Projections;
using Ledger.Projections.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.InboundWebhooks;

/// <summary>What payment providers told that was not written down at once: it waits for what it is about, or for somebody to look at it.</summary>
internal static class ProviderEventEndpoints
{
    public static void MapProviderEvents(this IEndpointRouteBuilder api)
    {
        var events = api.MapGroup("/provider-events").WithTags("Inbound webhooks");
        _ = events.MapGet("/", List)
            .Is("listProviderEvents", "What payment providers told that waits for what it is about, or is to be looked at, newest first; by status.", Who.Staff)
            .Lists<ProviderEventResponse>();
        _ = events.MapPost("/{provider_event_id:guid}/resolve", Resolve)
            .Is("resolveProviderEvent", "Say that what a provider told was looked at, and what was to be done is done.", Who.Staff)
            .Takes<Request>().Produces(204).Rejects(ProviderEventRejections.NotFound);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<ProviderEventRow>(
            call.Tenant, "provider_events", page.Wanted, [("status = {0}", Filter.Word<ProviderEventStatus>(http, "status"))], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, ProviderEventResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Resolve(
        [FromRoute(Name = "provider_event_id")] Guid providerEventId, Body<Request> body, Call call, Listing listing, CancellationToken ct)
    {
        new Check().Text(body.Value.Note, "/note", 500).OrRefuse();
        if (await listing.Find<ProviderEventRow>(call.Tenant, "provider_events", providerEventId, ct) is not { } row)
            throw new ProblemException(Problem.Of(ProviderEventRejections.NotFound));
        var command = new ResolveProviderEvent(new(row.SubjectId), new(providerEventId), call.Caller.Id.ToString(), body.Value.Note, call.Today);
        return await call.Run(command, _ => Answer.NoContent, ct);
    }

    internal sealed record Request(string? Note = null);
}

public enum ProviderEventStatus { Waiting, ToCheck, Applied, Resolved }

/// <summary>What a payment provider told, on the wire.</summary>
/// <param name="Name">What the provider calls its event.</param>
/// <param name="Subject">What it is about: the provider's name of an intent, or a payment.</param>
/// <param name="Reason">Why it was not written down at once.</param>
/// <param name="Amount">Absent where none can be read.</param>
/// <param name="EndedOn">The day on which it was applied, or resolved.</param>
public sealed record ProviderEventResponse(
    Guid Id, ProviderEventStatus Status, KeptBecause Reason, string Provider, string Name, string Subject, ProviderFactKind Kind, Money? Amount,
    string? DisputeId, LocalDate KeptOn, LocalDate? EndedOn, string? Note)
{
    public static ProviderEventResponse From(ProviderEventRow row)
    {
        var fact = Json.To<ProviderFact>(row.Fact)!;
        return new(
            row.Id, Word<ProviderEventStatus>(row.Status), Word<KeptBecause>(row.Reason), row.Provider, row.Name, row.Subject, fact.Kind, fact.Amount,
            fact.Dispute, row.KeptOn, row.EndedOn, row.Note);
    }

    private static TEnum Word<TEnum>(string word) where TEnum : struct, Enum =>
        Enum.Parse<TEnum>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
