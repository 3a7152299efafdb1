namespace Ledger.Domain.Tenancy;

/// <summary>Close the door. Revoking again changes nothing.</summary>
/// <remarks>Refuses with <c>api_key_not_found</c>.</remarks>
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
