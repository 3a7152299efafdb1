namespace Ledger.Domain.Invoices;

/// <summary>See, when the time has come, whether an invoice was paid.</summary>
public sealed record CheckInvoicePaid(InvoiceId Id) : IMessage;

/// <summary>An invoice that no subscription chases is looked at again when it should have been paid.</summary>
public sealed class OverduePolicy : IPolicy
{
    public string Name => "overdue";

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event switch
    {
        // Two hours more than so many days: where the clocks go back, a day has 25 hours.
        InvoiceIssued { SubscriptionId: null } issued =>
        [
            new(new CheckInvoicePaid(issued.Id), context.EffectiveAt
                + Duration.FromDays(Period.DaysBetween(issued.IssuedOn, issued.DueOn) + 1) + Duration.FromHours(2)),
        ],
        _ => [],
    };
}
