using Ledger.Domain.People;

namespace Ledger.Domain.Tenancy;

/// <summary>Give out a key. Its hash is claimed, so that a request's key leads to it.</summary>
/// <param name="Scopes">The parts of the API it is for; null for all of them.</param>
/// <param name="ExpiresAt">Null for never.</param>
/// <param name="IssuedBy">The user who gives it out; null where it is none.</param>
public sealed record IssueApiKey(
    ApiKeyId Id, TenantId Tenant, string Name, string Prefix, string Hash, ApiKeyRole Role,
    IReadOnlyList<string>? Scopes = null, Instant? ExpiresAt = null, UserId? IssuedBy = null) : ICommand<ApiKey, ApiKeyEvent>
{
    public const string ClaimKind = "api_key";

    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<ApiKeyEvent> Decide(ApiKey state)
    {
        if (state is not ApiKey.Unknown) return [];
        Decision<ApiKeyEvent> issued = [new ApiKeyIssued(Id, Tenant, Name, Prefix, Hash, Role, Scopes, ExpiresAt, IssuedBy)];
        return issued.Claiming(new Claim(ClaimKind, Hash, Stream, ApiKeyRejections.Taken));
    }
}
