using Ledger.Domain.People;

namespace Ledger.Domain.Tenancy;

/// <summary>What can happen to an API key. Stored forever: add cases, never edit them.</summary>
public abstract record ApiKeyEvent : IEvent
{
    private protected ApiKeyEvent() { }
}

/// <param name="Prefix">The visible start of the key, to tell keys apart.</param>
/// <param name="Hash">SHA-256 of the key, in hex; the key itself is never stored.</param>
/// <param name="Role">What its bearer may do at most.</param>
/// <param name="Scopes">The parts of the API it is for, such as <c>customers:read</c>; null for all of them.</param>
/// <param name="ExpiresAt">From when on it opens nothing, by the wall clock; null for never.</param>
/// <param name="IssuedBy">The user who gave it out, with whom it ends; null where it was none.</param>
public sealed record ApiKeyIssued(
    ApiKeyId Id, TenantId Tenant, string Name, string Prefix, string Hash, ApiKeyRole Role,
    IReadOnlyList<string>? Scopes = null, Instant? ExpiresAt = null, UserId? IssuedBy = null) : ApiKeyEvent;

/// <summary>Another key has taken its place: this one opens the door a little longer.</summary>
public sealed record ApiKeyReplaced(ApiKeyId Id, ApiKeyId By, Instant ExpiresAt) : ApiKeyEvent;

public sealed record ApiKeyRevoked(ApiKeyId Id) : ApiKeyEvent;

/// <summary>Staff serve customers; an admin may also change what the tenant sells, and how it bills.</summary>
public enum ApiKeyRole { Staff, Admin }

/// <summary>An API key: it opens the door until it is revoked.</summary>
public abstract record ApiKey : IState<ApiKey, ApiKeyEvent>
{
    private ApiKey() { }

    public sealed record Unknown : ApiKey;

    public sealed record Usable(
        ApiKeyId Id, TenantId Tenant, string Name, string Prefix, ApiKeyRole Role, IReadOnlyList<string>? Scopes, Instant? ExpiresAt) : ApiKey
    {
        /// <summary>With whom it ends; null for nobody.</summary>
        public UserId? IssuedBy { get; init; }

        /// <summary>When it ends, had no other taken its place; null for never.</summary>
        public Instant? EndsAt { get; init; }
    }

    public sealed record Revoked : ApiKey;

    public static ApiKey Initial { get; } = new Unknown();

    public static ApiKey Evolve(ApiKey state, ApiKeyEvent @event) => @event switch
    {
        ApiKeyIssued made => new Usable(made.Id, made.Tenant, made.Name, made.Prefix, made.Role, made.Scopes, made.ExpiresAt)
        {
            IssuedBy = made.IssuedBy, EndsAt = made.ExpiresAt,
        },
        ApiKeyReplaced replaced => (Usable)state with { ExpiresAt = replaced.ExpiresAt },
        ApiKeyRevoked => new Revoked(),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" an API key can say.</summary>
public static class ApiKeyRejections
{
    public static readonly Rejection NotFound = new("api_key_not_found", RejectionKind.NotFound, "No API key has this id.");
    public static readonly Rejection Taken = new("api_key_taken", RejectionKind.Conflict, "This key was given out before.");
}
