namespace Ledger.Domain.Refunds;

/// <summary>Send an approved refund to the provider, and write down the answer.</summary>
public sealed record SendRefund(RefundId Id) : IMessage;

/// <summary>What is approved is made.</summary>
public sealed class RefundPolicy : IPolicy
{
    public string Name => "refund";

    public IEnumerable<Send> React(IEvent @event, EventContext context) =>
        @event is RefundApproved approved ? [new(new SendRefund(approved.Id))] : [];
}
