using Ledger.Domain.Balances;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.PublicEvents;

/// <summary>A customer, as others are told of one: nothing personal.</summary>
/// <param name="ExternalId">The tenant's own id of it.</param>
public sealed record PublicCustomer(CustomerId Id, string? ExternalId);

/// <summary>What a customer has in one currency, after it changed.</summary>
/// <param name="Change">Above zero where it grew, below where it shrank.</param>
/// <param name="InvoiceId">What it paid; absent where it paid for nothing.</param>
public sealed record PublicBalance(BalanceId Id, CustomerId CustomerId, Money Change, Money Balance, InvoiceId? InvoiceId);

/// <summary>A subscription, as it stands after the event.</summary>
/// <param name="InvoiceId">The unpaid invoice that is being chased; absent when none is.</param>
/// <param name="EndsOn">The first day without service, when cancellation is scheduled.</param>
public sealed record PublicSubscription(
    SubscriptionId Id, CustomerId CustomerId, SubscriptionStatus Status, LocalDate StartOn, Frequency Frequency, Currency Currency,
    InvoiceId? InvoiceId, LocalDate? EndsOn, string? ExternalId);

/// <summary>An order, as it stands after the event.</summary>
public sealed record PublicOrder(
    OrderId Id, OrderStatus Status, Money Amount, CustomerId? CustomerId, SubscriptionId? SubscriptionId, PaymentId? PaymentId, string? ExternalId);

/// <summary>An invoice, as it stands after the event.</summary>
/// <param name="Open">What is still to be paid.</param>
public sealed record PublicInvoice(
    InvoiceId Id, long Number, CustomerId CustomerId, SubscriptionId? SubscriptionId, InvoiceStatus Status, Money Total, Money Open,
    LocalDate IssuedOn, LocalDate DueOn, LocalDate? PaidOn, PaymentId? PaymentId);

/// <summary>A payment, as it stands after the event.</summary>
/// <param name="Refunded">What has gone back in all.</param>
/// <param name="Refund">What has gone back by this event; absent where nothing has.</param>
/// <param name="Attempt">How often it was tried.</param>
/// <param name="FailureCode">Why it failed last; absent where it has not.</param>
public sealed record PublicPayment(
    PaymentId Id, PaymentStatus Status, Money Amount, Money Refunded, Money? Refund, CustomerId? CustomerId, InvoiceId? InvoiceId,
    SubscriptionId? SubscriptionId, Guid? OrderId, Guid? BookingId, int Attempt, string? FailureCode);

/// <summary>A payment method: nothing of its number.</summary>
/// <param name="Brand">Absent once it is removed.</param>
public sealed record PublicPaymentMethod(PaymentMethodId Id, CustomerId CustomerId, string? Provider, string? Brand);

/// <summary>A refund, as it stands after the event.</summary>
public sealed record PublicRefund(RefundId Id, PaymentId PaymentId, RefundStatus Status, Money Amount, CustomerId? CustomerId, InvoiceId? InvoiceId);

/// <summary>Classes that a customer has bought, as they stand after the event.</summary>
/// <param name="BookingId">The booking that used a class or gave it back; absent where none did.</param>
public sealed record PublicClassCredit(ClassCreditId Id, CustomerId CustomerId, int Total, int Remaining, Instant ExpiresAt, BookingId? BookingId);

/// <summary>Points that a payment has earned.</summary>
public sealed record PublicPointsEarned(LoyaltyAccountId Id, CustomerId CustomerId, PaymentId PaymentId, long Points, long Balance);

/// <summary>A reward that points were given for.</summary>
public sealed record PublicRedemption(RewardRedemptionId Id, CustomerId CustomerId, RewardId RewardId, long PointsUsed);

/// <summary>A booking, as it stands after the event.</summary>
public sealed record PublicBooking(BookingId Id, CustomerId CustomerId, BookingStatus Status, BookingPaymentStatus PaymentStatus, ClassSessionId? ClassSessionId, Money? Price);
