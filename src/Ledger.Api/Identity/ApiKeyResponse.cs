using Ledger.Domain.Tenancy;

namespace Ledger.Api.Identity;

/// <summary>An API key as it can be shown: by its start.</summary>
/// <param name="Scopes">The parts of the API it is for; null for all of them.</param>
/// <param name="LastUsedAt">To the minute.</param>
public sealed record KeyResponse(
    ApiKeyId Id, string Name, string Prefix, ApiKeyRole Role, IReadOnlyList<string>? Scopes, Instant CreatedAt, Instant? ExpiresAt,
    Instant? LastUsedAt, bool IsRevoked);

public sealed record KeysResponse(IReadOnlyList<KeyResponse> Data);

/// <param name="ApiKey">The key itself. Null in the answer to a repeat: it is shown once, and not kept.</param>
public sealed record IssuedKeyResponse(
    ApiKeyId Id, string Name, string Prefix, ApiKeyRole Role, IReadOnlyList<string>? Scopes, Instant? ExpiresAt, string? ApiKey)
{
    public static IssuedKeyResponse From(Domain.Tenancy.ApiKey.Usable key) =>
        new(key.Id, key.Name, key.Prefix, key.Role, key.Scopes, key.ExpiresAt, null);
}
