using Ledger.Domain.PublicEvents;
using Ledger.Domain.Webhooks;

namespace Ledger.Application.Webhooks;

/// <summary>An endpoint, as the table has it. Its members are the columns.</summary>
internal sealed record WebhookEndpointRow(
    string TenantId, Guid Id, long Version, WebhookEndpointStatus Status, Uri Url, WebhookFormat Format, IReadOnlyList<string> Events,
    IReadOnlyList<int> Waits, int Concurrency, int PerSecond, string Secret, string? PreviousSecret, Instant? PreviousUntil)
{
    public static WebhookEndpointRow Of(string tenant, WebhookEndpoint.Known known, long version) => new(
        tenant, known.Id.Value, version, known.Status, known.Url, known.Settings.Format, known.Settings.Events, known.Settings.RetryWaits,
        known.Settings.Concurrency, known.Settings.PerSecond, known.Secret.Sealed, known.Previous?.Sealed, known.PreviousUntil);

    public WebhookTarget Target => new(TenantId, Id, Status, new(Events, Format, Waits, Concurrency, PerSecond));
}

/// <summary>What has to be known of an endpoint to know what it is told.</summary>
internal sealed record WebhookTarget(string Tenant, Guid Id, WebhookEndpointStatus Status, WebhookSettings Settings)
{
    /// <summary>Whether what happens is kept for it.</summary>
    public bool IsTold => Status is WebhookEndpointStatus.Active or WebhookEndpointStatus.Paused;
}

/// <summary>Something to be delivered, as the table takes it. Its members are the columns.</summary>
internal sealed record NewDelivery(
    string TenantId, Guid Id, Guid EndpointId, Guid EventId, string Type, long? Position, Guid SubjectId, Instant OccurredAt, string Body)
{
    /// <summary>What an endpoint is told of an event; null where its format has no words for it.</summary>
    public static NewDelivery? Of(WebhookTarget target, ToldEvent told)
    {
        if (BodyOf(target.Settings.Format, told) is not { } body) return null;
        return new(target.Tenant, IdOf(target.Id, told.Id), target.Id, told.Id, told.Public.Name, told.Stored.Position, told.Public.SubjectId, told.At, body);
    }

    /// <summary>Nothing has happened: whether the endpoint is there is to be seen.</summary>
    public static NewDelivery Ping(WebhookTarget target, Guid id, Instant at)
    {
        var envelope = new PublicEnvelope(id, "ping", PublicNames.Version, at, null, target.Id, 0, new BareThing(target.Id, null));
        return new(target.Tenant, IdOf(target.Id, id), target.Id, id, "ping", null, target.Id, at, ToldEvent.Json(envelope));
    }

    private static string? BodyOf(WebhookFormat format, ToldEvent told) => format switch
    {
        WebhookFormat.Gateway => GatewayPayment.Of(told.Public, told.At) is { } payment ? ToldEvent.Json(payment) : null,
        WebhookFormat.Thin => ToldEvent.Json(told.ThinEnvelope(0)),
        _ => ToldEvent.Json(told.Envelope(0)),
    };

    private static Guid IdOf(Guid endpoint, Guid told) => DerivedId.Of(endpoint, $"delivery {told}");
}

/// <summary>A sandbox tenant's clock that has been moved.</summary>
internal sealed record MovedClock(string TenantId, Instant At);

/// <summary>A delivery in a worker's hands.</summary>
/// <param name="Attempt">Of all its attempts: fences what is noted of it.</param>
/// <param name="Round">Of the attempts since it was last asked for.</param>
/// <param name="Clock">The tenant's.</param>
internal sealed record TakenDelivery(
    string Tenant, Guid Id, Guid Endpoint, Guid Subject, long Sequence, Guid Event, string Body, int Attempt, int Round, Uri Url, int[] Waits,
    string Secret, string? PreviousSecret, Instant? PreviousUntil, Instant Clock);

/// <summary>How an attempt went, as the table takes it.</summary>
/// <param name="Outcome"><c>succeeded</c>, <c>abandoned</c>, or <c>pending</c> where it is tried again.</param>
/// <param name="Wait">Seconds to the next attempt, by the wall clock.</param>
/// <param name="DueAt">When that is by the tenant's.</param>
internal sealed record EndedAttempt(
    string TenantId, Guid Id, Guid EndpointId, Guid SubjectId, int Attempt, string Outcome, int? Status, string? Error, int TookMs, string? Answer,
    double Wait, Instant? DueAt, Instant Clock);
