using Ledger.Api.CreditNotes;
using Ledger.Api.Invoices;
using Ledger.Domain.Amounts;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class PreviewSubscriptionEndpoint
{
    public static void MapPreviewSubscription(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapPost("/{subscription_id:guid}/previews", Preview)
        .Is("previewSubscriptionChange", "What a change would bill, credit and refund if it were made now. Nothing is stored.", Who.CustomerOwn)
        .Takes<Request>().Produces<PreviewResponse>()
        .Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NoItems, SubscriptionRejections.Ended, SubscriptionRejections.MixedFrequencies,
            SubscriptionRejections.NotActive, SubscriptionRejections.NotOnHold, SubscriptionRejections.RefundOnlyNow, SubscriptionRejections.DateInPast,
            SubscriptionRejections.Unpaid, SubscriptionRejections.FrequencyNotOffered, PaymentRejections.Pending);

    private static async Task<IResult> Preview(
        [FromRoute(Name = "subscription_id")] Guid subscriptionId, Body<Request> body, Call call, StateReader states, CancellationToken ct)
    {
        var change = Change(call, new(subscriptionId), body.Value).Offered(call);
        var preview = await ChangePreview.Of(change, new(subscriptionId), call.Caller.Tenant, new StatesNow(states, call.Tenant, ct));
        return preview.Rejection is { } refused
            ? throw new ProblemException(Problem.Of(refused))
            : TypedResults.Json(PreviewResponse.From(new(subscriptionId), preview), LedgerJson.Options);
    }

    private static IJointCommand Change(Call call, SubscriptionId id, Request request)
    {
        ItemRequest.CheckAll(new Check(), request.Items)
            .And(request.Change is not (PreviewedChange.Items or PreviewedChange.Plan) || request.Items is not null, "/items", "required", "What is to be subscribed to.")
            .And(request.Change is not (PreviewedChange.Frequency or PreviewedChange.Plan) || request.Frequency is not null, "/frequency", "required", "How often it is to be billed.")
            .OrRefuse();
        ItemRequest.RefuseMixedFrequencies(request.Items, request.Frequency);
        return request.Change switch
        {
            PreviewedChange.Items => SubscriptionChanges.Plan(call, id, request.Items, frequency: null, request.When),
            PreviewedChange.Frequency => SubscriptionChanges.Plan(call, id, items: null, request.Frequency, request.When),
            PreviewedChange.Plan => SubscriptionChanges.Plan(call, id, request.Items, request.Frequency, request.When),
            PreviewedChange.Pause => SubscriptionChanges.Pause(call, id, reason: null, request.CreditUnused),
            PreviewedChange.Resume => SubscriptionChanges.Resume(call, id),
            PreviewedChange.Cancel => SubscriptionChanges.Cancel(call, id, new(null, request.CancelAtPeriodEnd, request.On, request.RefundUnused)),
            PreviewedChange.Reactivate => SubscriptionChanges.Reactivate(call, id),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <param name="Change">Which request it would be; the other members are those of that request.</param>
    internal sealed record Request(
        PreviewedChange Change, IReadOnlyList<ItemRequest>? Items = null, Frequency? Frequency = null, ChangeTime When = ChangeTime.PeriodEnd,
        bool CreditUnused = false, bool CancelAtPeriodEnd = false, LocalDate? On = null, bool RefundUnused = false);
}

/// <summary>What can be previewed.</summary>
public enum PreviewedChange { Items, Frequency, Plan, Pause, Resume, Cancel, Reactivate }

/// <summary>What a change would come to today.</summary>
/// <param name="Invoice">What would be invoiced at once; absent for nothing.</param>
/// <param name="FromBalance">What the customer's balance would pay of it.</param>
/// <param name="Due">What would be charged to the payment method.</param>
/// <param name="Credits">What would be credited.</param>
/// <param name="Refunded">What would be asked back of payments.</param>
/// <param name="Upcoming">The invoice after that; absent when there will be none.</param>
public sealed record PreviewResponse(
    SubscriptionId SubscriptionId, PreviewedInvoice? Invoice, Money FromBalance, Money Due, IReadOnlyList<PreviewedCredit> Credits,
    Money Refunded, UpcomingInvoiceResponse? Upcoming)
{
    public static PreviewResponse From(SubscriptionId id, ChangePreview preview) => new(
        id,
        preview.Invoice is { } issued ? new(issued.Period, [.. issued.Lines.Select(LineResponse.From)], issued.Net, issued.Tax, issued.Total) : null,
        preview.FromBalance, preview.Due, [.. preview.Credits.Select(PreviewedCredit.From)], preview.Refunded,
        preview.Upcoming is { } next ? UpcomingInvoiceResponse.From(id, next) : null);
}

public sealed record PreviewedInvoice(BillingPeriod? Period, IReadOnlyList<LineResponse> Lines, Money Net, Money Tax, Money Total);

/// <param name="Destination">Whether less is to be paid on an invoice, or the customer's balance grows.</param>
public sealed record PreviewedCredit(
    Domain.Invoices.InvoiceId InvoiceId, Domain.CreditNotes.CreditDestination Destination, IReadOnlyList<CreditNoteLineResponse> Lines, Money Net,
    Money Tax, Money Total)
{
    public static PreviewedCredit From(Domain.CreditNotes.CreditNoteIssued note) =>
        new(note.InvoiceId, note.Destination, [.. note.Lines.Select(CreditNoteLineResponse.From)], note.Net, note.Tax, note.Total);
}
