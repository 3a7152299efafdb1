using Ledger.Domain.Webhooks;

namespace Ledger.Projections.Webhooks;

/// <summary>Every webhook endpoint that was not removed. Its secrets are not here.</summary>
public sealed class WebhookEndpointView : View<WebhookEndpointRow>
{
    public override string Name => "webhook_endpoints";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, url text not null, settings jsonb not null, status text not null, fault text,
        previous_secret_until timestamptz, version bigint not null, created_position bigint not null, created_at timestamptz not null,
        updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["webhook_endpoint"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is WebhookEndpointEvent ? [happened.Stream.Id] : [];

    public override WebhookEndpointRow? After(WebhookEndpointRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        var changed = row is null ? null : row with { Version = happened.Version, UpdatedAt = at };
        return happened.Event switch
        {
            WebhookEndpointRegistered made => new(
                happened.Tenant, id, made.Url.ToString(), Json.Of(made.Settings)!, Word(WebhookEndpointStatus.Active), null, null, happened.Version, happened.Position, at, at),
            WebhookEndpointChanged now => changed! with { Url = now.Url.ToString(), Settings = Json.Of(now.Settings)! },
            WebhookSecretRotated rotated => changed! with { PreviousSecretUntil = rotated.PreviousUntil },
            WebhookEndpointPaused => changed! with { Status = Word(WebhookEndpointStatus.Paused) },
            WebhookEndpointResumed => changed! with { Status = Word(WebhookEndpointStatus.Active), Fault = null },
            WebhookEndpointDisabled disabled => changed! with { Status = Word(WebhookEndpointStatus.Disabled), Fault = Word(disabled.Reason) },
            WebhookEndpointRemoved => null,
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
    }

    private static string Word<TEnum>(TEnum value) where TEnum : struct, Enum => EventTypes.SnakeCase(value.ToString());
}

public sealed record WebhookEndpointRow(
    string TenantId, Guid Id, string Url, [property: JsonColumn] string Settings, string Status, string? Fault, Instant? PreviousSecretUntil,
    long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
