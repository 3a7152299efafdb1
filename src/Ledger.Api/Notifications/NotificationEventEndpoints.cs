using System.Text.Json;
using Ledger.Domain.Notifications;
using Ledger.EventStore.PersonalData;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Notifications;

internal static class NotificationEventEndpoints
{
    private const int PerMinute = 30;

    public static void MapNotificationEvents(this IEndpointRouteBuilder events)
    {
        _ = events.MapGet("/", List).Is("listNotificationEvents", "What people are told of, whether it is sent, and by which channels.", Who.Admin)
            .Lists<NotificationEventResponse>();
        _ = events.MapPatch("/{notification_event_id:guid}", Change)
            .Is("updateNotificationEvent", "Send a type or do not, and by which channels; what is absent stays.", Who.Admin)
            .Takes<ChangeRequest>().Produces<NotificationEventResponse>().Rejects(NotificationRejections.EventNotFound);
        _ = events.MapPost("/{notification_event_id:guid}/trigger", Trigger).Is("triggerNotificationEvent", "Send a customer a message of this type by hand.", Who.Staff)
            .Keyed().AtMost(PerMinute, alsoKeys: true).Takes<TriggerRequest>().Produces<NotificationResponse>(202).Rejects(NotificationRejections.EventNotFound).RejectsMessages();
    }

    private static async Task<IResult> List(Call call, Page page, StateReader states, CancellationToken ct)
    {
        var settings = await Settings(call, states, ct);
        return TypedResults.Json(page.Slice(NotificationKind.All, kind => NotificationEventResponse.From(kind, settings)), LedgerJson.Options);
    }

    private static Task<IResult> Change([FromRoute(Name = "notification_event_id")] Guid notificationEventId, Body<ChangeRequest> body, Call call, CancellationToken ct)
    {
        var (kind, request) = (Known(notificationEventId), body.Value);
        var isSmsToStaff = kind.IsForStaff && request.Channels?.Contains(NotificationChannel.Sms) is true;
        Check.That(!isSmsToStaff, "/channels", "not_available", "Staff have no telephone number here.").OrRefuse();
        var command = new ConfigureNotificationEvent(NotificationSettingsId.Of(call.Caller.Tenant.Id), kind.Type, request.Enabled, request.Channels);
        return call.Run(command, outcome => Answer.Ok(NotificationEventResponse.From(kind, outcome.State), outcome.Version), ct);
    }

    private static Task<IResult> Trigger(
        [FromRoute(Name = "notification_event_id")] Guid notificationEventId, Body<TriggerRequest> body, Call call, PersonalKeys keys, CancellationToken ct) =>
        SendNotificationEndpoint.Queue(Known(notificationEventId), body.Value.Data, call, keys, ct);

    private static NotificationKind Known(Guid id) =>
        NotificationKind.All.FirstOrDefault(one => one.Id == id) ?? throw new ProblemException(Problem.Of(NotificationRejections.EventNotFound));

    internal static async ValueTask<NotificationSettings> Settings(Call call, StateReader states, CancellationToken ct) =>
        await states.Of<NotificationSettings, NotificationSettingsEvent>(call.Tenant, NotificationSettingsId.Of(call.Caller.Tenant.Id).Stream, ct);

    internal sealed record ChangeRequest(bool? Enabled = null, IReadOnlyList<NotificationChannel>? Channels = null);

    /// <param name="Data">customer_id, and what the type needs.</param>
    internal sealed record TriggerRequest(IReadOnlyDictionary<string, JsonElement>? Data = null)
    {
        /// <summary>Says nothing of the data, so that a log line or an exception cannot leak it.</summary>
        public override string ToString() => "(trigger)";
    }
}

/// <summary>A type of notification on the wire.</summary>
/// <param name="Optional">Whether a customer may go without.</param>
/// <param name="Data">What is to be given when it is sent by hand, beside customer_id.</param>
/// <param name="Placeholders">What templates may have filled in.</param>
public sealed record NotificationEventResponse(
    Guid Id, NotificationType Type, bool Enabled, IReadOnlyList<NotificationChannel> Channels, bool Optional, bool ForStaff, IReadOnlyList<string> Data,
    IReadOnlyList<string> Placeholders)
{
    internal static NotificationEventResponse From(NotificationKind kind, NotificationSettings settings)
    {
        var rule = settings.RuleOf(kind.Type);
        return new(kind.Id, kind.Type, rule.IsEnabled, rule.Channels, kind.IsOptional, kind.IsForStaff, kind.Data, [.. kind.AllPlaceholders]);
    }
}
