using Ledger.Domain.Payments;

namespace Ledger.Domain.Billing;

/// <summary>An attempt that has begun is made; one that was not answered is asked about; held money is taken, or let go.</summary>
public sealed class CollectionPolicy : IPolicy
{
    public string Name => "collection";

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event switch
    {
        PaymentInitiated { PaymentMethodId: not null } begun => [new(new CollectPayment(begun.Id, 1))],
        PaymentInitiated { Card: not null } begun => [new(new CollectPayment(begun.Id, 1))],
        PaymentRetried { PaymentMethodId: not null } again => [new(new CollectPayment(again.Id, again.Attempt))],
        PaymentCaptureRequested wanted => [new(new CaptureHold(wanted.Id))],
        PaymentCancelRequested unwanted => [new(new ReleaseHold(unwanted.Id))],
        PaymentOutcomeUnknown unknown => [new(new ResolvePayment(unknown.Id, unknown.Attempt))],
        _ => [],
    };
}
