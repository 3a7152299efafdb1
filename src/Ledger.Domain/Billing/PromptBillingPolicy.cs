using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Billing;

/// <summary>What becomes due with an event is billed at once: the first period, and the period after a pause or a cancellation.</summary>
public sealed class PromptBillingPolicy : IPolicy
{
    public string Name => "prompt_billing";

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event switch
    {
        SubscriptionActivated { IsDue: true } active => [new(new WorkOffSubscriptions([active.Id]))],
        SubscriptionResumed { IsDue: true } resumed => [new(new WorkOffSubscriptions([resumed.Id]))],
        SubscriptionReactivated { IsDue: true } again => [new(new WorkOffSubscriptions([again.Id]))],
        _ => [],
    };
}
