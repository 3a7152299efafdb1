namespace Ledger.Domain.Tenancy;

/// <summary>What can happen to an API key. Stored forever: add cases, never edit them.</summary>
public abstract record ApiKeyEvent : IEvent
{
    private protected ApiKeyEvent() { }
}

/// <param name="Prefix">The visible start of the key, to tell keys apart.</param>
/// <param name="Hash">SHA-256 of the key, in hex; the key itself is never stored.</param>
/// <param name="Role">What its bearer may do.</param>
public sealed record ApiKeyIssued(ApiKeyId Id, TenantId Tenant, string Name, string Prefix, string Hash, ApiKeyRole Role) : ApiKeyEvent;

public sealed record ApiKeyRevoked(ApiKeyId Id) : ApiKeyEvent;

/// <summary>Staff serve customers; an admin may also change what the tenant sells, and how it bills.</summary>
public enum ApiKeyRole { Staff, Admin }

/// <summary>An API key: it opens the door until it is revoked.</summary>
public abstract record ApiKey : IState<ApiKey, ApiKeyEvent>
{
    private ApiKey() { }

    public sealed record Unknown : ApiKey;
    public sealed record Usable(ApiKeyId Id, TenantId Tenant, string Name, string Prefix, ApiKeyRole Role) : ApiKey;
    public sealed record Revoked : ApiKey;

    public static ApiKey Initial { get; } = new Unknown();

    public static ApiKey Evolve(ApiKey state, ApiKeyEvent @event) => @event switch
    {
        ApiKeyIssued made => new Usable(made.Id, made.Tenant, made.Name, made.Prefix, made.Role),
        ApiKeyRevoked => new Revoked(),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Give out a key. Its hash is claimed, so that a request's key leads to it.</summary>
public sealed record IssueApiKey(ApiKeyId Id, TenantId Tenant, string Name, string Prefix, string Hash, ApiKeyRole Role)
    : ICommand<ApiKey, ApiKeyEvent>
{
    public const string ClaimKind = "api_key";

    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<ApiKeyEvent> Decide(ApiKey state)
    {
        if (state is not ApiKey.Unknown) return [];
        Decision<ApiKeyEvent> issued = [new ApiKeyIssued(Id, Tenant, Name, Prefix, Hash, Role)];
        return issued.Claiming(new Claim(ClaimKind, Hash, Stream, ApiKeyRejections.Taken));
    }
}

/// <summary>Close the door. Revoking again changes nothing.</summary>
public sealed record RevokeApiKey(ApiKeyId Id) : ICommand<ApiKey, ApiKeyEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ApiKeyEvent> Decide(ApiKey state) => state switch
    {
        ApiKey.Usable => [new ApiKeyRevoked(Id)],
        ApiKey.Revoked => [],
        _ => ApiKeyRejections.NotFound,
    };
}

/// <summary>Every "no" an API key can say.</summary>
public static class ApiKeyRejections
{
    public static readonly Rejection NotFound = new("api_key_not_found", RejectionKind.NotFound, "No API key has this id.");
    public static readonly Rejection Taken = new("api_key_taken", RejectionKind.Conflict, "This key was given out before.");
}
