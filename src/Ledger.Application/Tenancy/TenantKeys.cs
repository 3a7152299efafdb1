using Ledger.Domain.People;

namespace Ledger.Application.Tenancy;

/// <summary>The API keys of a tenant, read from the log: there are few, and they are seldom asked for.</summary>
public sealed class TenantKeys(EventFeed feed)
{
    private const int PageMax = 1000;
    private static readonly string[] Types = ["api_key_issued", "api_key_replaced", "api_key_revoked"];

    public async Task<IReadOnlyList<TenantKeyLine>> All(string tenant, CancellationToken ct)
    {
        var keys = new Dictionary<ApiKeyId, TenantKeyLine>();
        var position = 0L;
        while (await feed.AfterForTenant(tenant, position, Types, PageMax, ct) is { Count: > 0 } page)
        {
            foreach (var happened in page)
            {
                if (happened.Event is ApiKeyIssued made) keys[made.Id] = new(made, happened.Headers.EffectiveAt, made.ExpiresAt, IsRevoked: false) { IssuedBy = Issuer(made, happened.Headers) };
                if (happened.Event is ApiKeyReplaced old) keys[old.Id] = keys[old.Id] with { ExpiresAt = old.ExpiresAt };
                if (happened.Event is ApiKeyRevoked gone) keys[gone.Id] = keys[gone.Id] with { IsRevoked = true };
            }

            position = page[^1].Position;
        }

        return [.. keys.Values.OrderBy(key => key.IssuedAt)];
    }

    /// <summary>Of keys from before it stood in their event, whoever did it.</summary>
    private static UserId? Issuer(ApiKeyIssued made, EventHeaders headers) =>
        made.IssuedBy ?? (headers.ActorKind == "user" && Guid.TryParse(headers.ActorId, out var id) ? new UserId(id) : null);
}

public sealed record TenantKeyLine(ApiKeyIssued Key, Instant IssuedAt, Instant? ExpiresAt, bool IsRevoked)
{
    /// <summary>The user with whom it ends; null for none.</summary>
    public UserId? IssuedBy { get; init; }
}
