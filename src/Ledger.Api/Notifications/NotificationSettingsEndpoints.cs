using Ledger.Api.Tenancy;
using Ledger.Domain.Notifications;
using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Notifications;

internal static class NotificationSettingsEndpoints
{
    private const int NameMax = 80;

    public static void MapNotificationSettings(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapGet("/{tenant_id}/notification-settings", Get).Is("getNotificationSettings", "Under which name the tenant writes to people, and where answers go.", Who.Staff)
            .Produces<NotificationSettingsResponse>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapPatch("/{tenant_id}/notification-settings", Change)
            .Is("updateNotificationSettings", "Write under another name, or have answers go elsewhere; what is absent stays, an empty text takes it away.", Who.Admin)
            .Takes<Request>().Produces<NotificationSettingsResponse>().Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> Get([FromRoute(Name = "tenant_id")] string tenantId, Call call, StateReader states, CancellationToken ct)
    {
        var (known, version) = await states.WithVersion<NotificationSettings, NotificationSettingsEvent>(
            call.Tenant, NotificationSettingsId.Of(TenantPath.Resolve(tenantId, call).Id).Stream, ct);
        return new AnswerResult(Answer.Ok(NotificationSettingsResponse.From(known), version));
    }

    private static Task<IResult> Change([FromRoute(Name = "tenant_id")] string tenantId, Body<Request> body, Call call, CancellationToken ct)
    {
        var (name, reply) = (body.Value.SenderName, body.Value.ReplyTo);
        new Check()
            .And(name is null || (name.Length <= NameMax && !name.Any(char.IsControl)), "/sender_name", "text_length", $"At most {NameMax} characters on one line.")
            .Email(reply is "" ? null : reply, "/reply_to")
            .OrRefuse();
        var command = new ChangeNotificationSender(NotificationSettingsId.Of(TenantPath.Resolve(tenantId, call).Id), name?.Trim(), reply);
        return call.Run(command, outcome => Answer.Ok(NotificationSettingsResponse.From(outcome.State), outcome.Version), ct);
    }

    /// <param name="SenderName">Where mail has it; the tenant's name for an empty text.</param>
    /// <param name="ReplyTo">Where answers go.</param>
    internal sealed record Request(string? SenderName = null, string? ReplyTo = null);
}

/// <param name="SenderName">Absent for the tenant's name.</param>
/// <param name="ReplyTo">Absent for the address that mail comes from.</param>
public sealed record NotificationSettingsResponse(string? SenderName, string? ReplyTo)
{
    internal static NotificationSettingsResponse From(NotificationSettings known) => new(known.SenderName, known.ReplyTo);
}
