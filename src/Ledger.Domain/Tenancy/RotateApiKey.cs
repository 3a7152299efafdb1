using Ledger.Domain.People;

namespace Ledger.Domain.Tenancy;

/// <summary>Give out a key in place of another, with the same rights and the same end. Both open the door until the old one's time is up.</summary>
/// <param name="OldUntil">When the old key ends, unless it ends before.</param>
/// <param name="By">The user who gives it out; null where it is none.</param>
/// <remarks>Refuses with <c>api_key_not_found</c>.</remarks>
public sealed record RotateApiKey(ApiKeyId Old, ApiKeyId New, string Prefix, string Hash, Instant OldUntil, Instant Now, UserId? By = null)
    : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<ApiKey, ApiKeyEvent>(Old.Stream) is not ApiKey.Usable old || old.ExpiresAt <= Now) return ApiKeyRejections.NotFound;
        if (await states.OfNew<ApiKey, ApiKeyEvent>(New.Stream) is not ApiKey.Unknown) return JointDecision.Nothing;
        return JointDecision.Nothing
            .Append(New.Stream, new ApiKeyIssued(New, old.Tenant, old.Name, Prefix, Hash, old.Role, old.Scopes, old.EndsAt, By ?? old.IssuedBy))
            .Append(Old.Stream, new ApiKeyReplaced(Old, New, old.ExpiresAt is { } end && end < OldUntil ? end : OldUntil))
            .Claim(new Claim(IssueApiKey.ClaimKind, Hash, New.Stream, ApiKeyRejections.Taken));
    }
}
