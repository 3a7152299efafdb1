using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.Loyalty;

/// <summary>Give the points for a payment, if the tenant gives any.</summary>
public sealed record GivePoints(PaymentId Id) : IMessage;

/// <summary>Take back the points of what was refunded.</summary>
/// <param name="Refunded">All that had gone back of the payment with this refund.</param>
public sealed record TakeBackPoints(PaymentId Id, RefundId RefundId, Money Refunded) : IMessage;
