using Ledger.Api.Invoices;
using Ledger.Domain.Amounts;
using Ledger.Domain.Billing;
using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Subscriptions;

internal static class UpcomingInvoiceEndpoint
{
    public static void MapUpcomingInvoice(this IEndpointRouteBuilder subscriptions) => subscriptions
        .MapGet("/{subscription_id:guid}/upcoming-invoice", Preview)
        .Is("previewUpcomingInvoice", "What the next invoice will say, to the cent. Nothing is stored.", Who.Staff)
        .Reads<UpcomingInvoiceResponse>().Rejects(SubscriptionRejections.NotFound, SubscriptionRejections.NothingBilled);

    private static async Task<IResult> Preview(
        [FromRoute(Name = "subscription_id")] Guid id, Call call, StateReader states, CancellationToken ct)
    {
        var (known, _) = await states.Find(call, id, ct);
        if (known.IsEnded || known.Status is SubscriptionStatus.OnHold || known.Items.Count == 0 || known.EndsOn is not null)
            throw new ProblemException(Problem.Of(SubscriptionRejections.NothingBilled));

        var period = known.NextPeriod ?? BillingCalendar.PeriodAt(known.StartOn, known.Frequency, 0);
        var items = await CurrentPrices.Of(known, new Recent(states, call.Tenant, ct));
        var draft = InvoiceDraft.Of(known.Currency, items, call.Caller.Tenant.PricesIncludeTax);
        return TypedResults.Json(new UpcomingInvoiceResponse(
            known.Id, period.From, period, [.. draft.Lines.Select(LineResponse.From)], draft.Net, draft.Tax, draft.Total), LedgerJson.Options);
    }

    /// <summary>The states of now, for looking.</summary>
    private sealed class Recent(StateReader states, string tenant, CancellationToken ct) : IStates
    {
        public ValueTask<TState> Of<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
            states.Of<TState, TEvent>(tenant, stream, ct);

        public ValueTask<TState> OfNew<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
            Of<TState, TEvent>(stream);
    }
}

/// <param name="Date">The day on which it will be issued.</param>
public sealed record UpcomingInvoiceResponse(
    SubscriptionId SubscriptionId, LocalDate Date, BillingPeriod Period, IReadOnlyList<LineResponse> Lines, Money Net, Money Tax, Money Total);
