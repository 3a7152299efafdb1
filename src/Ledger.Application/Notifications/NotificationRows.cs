using Ledger.Domain.Customers;
using Ledger.Domain.Notifications;
using Ledger.Domain.People;

namespace Ledger.Application.Notifications;

public enum MessageStatus { Pending, Sent, Failed, Skipped }

/// <summary>A message to one person by one channel, as the table takes it. Its members are the columns.</summary>
/// <param name="Status">Pending; or skipped, where the customer goes without it.</param>
internal sealed record NewNotification(
    string TenantId, Guid Id, NotificationType Type, NotificationChannel Channel, Guid EventId, Guid? CustomerId, Guid? UserId, NotificationFacts Facts,
    Instant OccurredAt, MessageStatus Status = MessageStatus.Pending, string? Reason = null)
{
    /// <summary>Once for each event, person, type and channel.</summary>
    private static Guid IdOf(Guid happened, NotificationType type, NotificationChannel channel, Guid? to) =>
        DerivedId.Of(happened, $"notification {type} {channel} {to}");

    public static NewNotification Of(string tenant, WantedNotification wanted, NotificationChannel channel, Guid happened, Instant at, UserId? user = null) => new(
        tenant, IdOf(happened, wanted.Type, channel, wanted.CustomerId?.Value ?? user?.Value), wanted.Type, channel, happened, wanted.CustomerId?.Value, user?.Value,
        wanted.Facts, at);
}

/// <summary>A month whose expiring cards were looked at.</summary>
/// <param name="Month">As 202511.</param>
internal sealed record LookedMonth(string TenantId, int Month);

/// <summary>A message in a worker's hands.</summary>
/// <param name="Attempt">Of all its attempts: fences what is noted of it.</param>
/// <param name="MayBeSent">Whether an attempt ended without anybody knowing how.</param>
/// <param name="Clock">The tenant's.</param>
internal sealed record TakenNotification(
    string Tenant, Guid Id, NotificationType Type, NotificationChannel Channel, Guid EventId, CustomerId? Customer, UserId? User, NotificationFacts Facts, int Attempt,
    bool MayBeSent, Instant CreatedAt, Instant Clock);

/// <summary>How an attempt went, as the table takes it.</summary>
/// <param name="Reason">Why it was not sent, as a code; null where it was.</param>
/// <param name="Reference">What the other side calls it.</param>
/// <param name="Wait">Seconds to the next attempt, by the wall clock.</param>
/// <param name="DueAt">When that is by the tenant's.</param>
internal sealed record EndedNotification(
    string TenantId, Guid Id, int Attempt, MessageStatus Status, string? Reason, string? Reference, bool MayBeSent, double Wait, Instant? DueAt);

/// <summary>A line of the message log.</summary>
public sealed record MessageLine(
    long Number, Guid Id, NotificationType Type, NotificationChannel Channel, Guid? CustomerId, Guid? UserId, NotificationFacts Facts, Instant OccurredAt,
    MessageStatus Status, string? Reason, int Attempts, Instant? NextAt, Instant CreatedAt, Instant? EndedAt);
