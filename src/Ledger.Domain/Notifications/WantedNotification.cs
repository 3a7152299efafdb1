using Ledger.Domain.Bookings;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Notifications;

/// <summary>A message that follows from an event, before it is known whether and how it is sent.</summary>
/// <param name="CustomerId">To whom; null for the tenant's admins, or for a test.</param>
/// <param name="IsAsked">Whether somebody asked for it by hand.</param>
public sealed record WantedNotification(NotificationType Type, CustomerId? CustomerId, NotificationFacts Facts, bool IsAsked = false);

/// <summary>What a message is about: ids and figures, nothing personal.</summary>
/// <param name="On">The day that its type speaks of, in the tenant's zone.</param>
/// <param name="Code">Why a payment failed, or an endpoint was given up.</param>
/// <param name="Channel">The only way to send it; null for those of the settings.</param>
public sealed record NotificationFacts(
    InvoiceId? InvoiceId = null, PaymentId? PaymentId = null, SubscriptionId? SubscriptionId = null, BookingId? BookingId = null,
    Guid? PaymentMethodId = null, NotificationId? NotificationId = null, Guid? EndpointId = null, Money? Amount = null, LocalDate? On = null,
    int? Attempt = null, string? Code = null, long? Points = null, long? PointsBalance = null, ExpiringCard? Card = null, NotificationChannel? Channel = null);

/// <summary>A card that is good to the end of its month.</summary>
public sealed record ExpiringCard(string Brand, string Last4, int Year, int Month);
