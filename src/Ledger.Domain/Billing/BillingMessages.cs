using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Billing;

/// <summary>Do all that is due for these subscriptions: bill, chase, end.</summary>
/// <param name="Today">The day that it is done for, in the tenant's zone; null for the day it is run.</param>
public sealed record WorkOffSubscriptions(IReadOnlyList<SubscriptionId> Subscriptions, LocalDate? Today = null) : IMessage;

/// <summary>Charge the present attempt of a payment, and write down the answer.</summary>
public sealed record CollectPayment(PaymentId Id, int Attempt) : IMessage;

/// <summary>Ask the provider what became of an attempt it did not answer.</summary>
public sealed record ResolvePayment(PaymentId Id, int Attempt) : IMessage;

/// <summary>Take what is wanted of held money, and write down the answer.</summary>
public sealed record CaptureHold(PaymentId Id) : IMessage;

/// <summary>Let held money go, and write down the answer.</summary>
public sealed record ReleaseHold(PaymentId Id) : IMessage;

/// <summary>Do all that is due for a tenant on a day.</summary>
public sealed record RunBilling(BillingRunId Id) : IMessage;

/// <summary>Wait until all that a billing run has set off is done, and close it.</summary>
public sealed record CloseBillingRun(BillingRunId Id) : IMessage;

/// <summary>Move a sandbox tenant's clock on, from due instant to due instant. One at a time: each waits for all else to end.</summary>
public sealed record AdvanceClock(ClockAdvanceId Id) : IMessage
{
    string IMessage.OrderKey => "clock";
}
