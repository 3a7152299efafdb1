using Ledger.Application.Notifications;
using Ledger.Domain.Notifications;

namespace Ledger.Api.Notifications;

internal static class MessageLogEndpoint
{
    public static void MapMessageLogs(this IEndpointRouteBuilder logs) =>
        _ = logs.MapGet("/", List).Is("listMessageLogs", "What people were written and how that went, newest first; by customer, event, channel, status and day.", Who.Staff)
            .Lists<MessageLogResponse>();

    private static async Task<IResult> List(HttpContext http, Call call, Page page, NotificationTable log, CancellationToken ct)
    {
        var (from, to) = (Filter.Date(http, "from_date"), Filter.Date(http, "to_date"));
        Check.That(from is null || to is null || from <= to, "to_date", "before_start", "Not before from_date.").OrRefuse();
        var zone = call.Caller.Tenant.Zone;
        var found = await log.List(
            call.Tenant, Filter.Id(http, "customer_id"), Filter.Word<NotificationType>(http, "event"), Filter.Word<NotificationChannel>(http, "channel"),
            Filter.Word<MessageStatus>(http, "status"), from is { } first ? BusinessTime.InstantOf(first, LocalTime.Midnight, zone) : null,
            to is { } last ? BusinessTime.InstantOf(last.PlusDays(1), LocalTime.Midnight, zone) : null, page.Wanted, ct);
        return TypedResults.Json(page.Answer(found, MessageLogResponse.From), LedgerJson.Options);
    }
}

/// <summary>A line of the message log. Whom it went to and what was in it is kept nowhere.</summary>
/// <param name="UserId">The admin it is for; absent for customers.</param>
/// <param name="NotificationId">What was asked for by hand; absent for what followed from an event.</param>
/// <param name="Reason">Why it was not sent, as a code.</param>
/// <param name="NextAt">When it is tried again, by the tenant's clock; absent where that is at once, or never.</param>
/// <param name="OccurredAt">When it happened that it tells of, by the tenant's clock.</param>
/// <param name="EndedAt">When it was sent or given up, by the wall clock.</param>
public sealed record MessageLogResponse(
    Guid Id, NotificationType Event, NotificationChannel Channel, MessageStatus Status, string? Reason, Guid? CustomerId, Guid? UserId, Guid? NotificationId,
    Guid? InvoiceId, Guid? PaymentId, Guid? SubscriptionId, Guid? BookingId, Guid? PaymentMethodId, int Attempts, Instant? NextAt, Instant OccurredAt,
    Instant? EndedAt)
{
    internal static MessageLogResponse From(MessageLine one) => new(
        one.Id, one.Type, one.Channel, one.Status, one.Reason, one.CustomerId, one.UserId, one.Facts.NotificationId?.Value, one.Facts.InvoiceId?.Value,
        one.Facts.PaymentId?.Value, one.Facts.SubscriptionId?.Value, one.Facts.BookingId?.Value, one.Facts.PaymentMethodId, one.Attempts, one.NextAt,
        one.OccurredAt, one.EndedAt);
}
