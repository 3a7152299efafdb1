using Ledger.Domain.People;

namespace Ledger.Api.Access;

/// <summary>Nobody gives what they do not have: whatever a new caller may do, the one who lets them in may do.</summary>
/// <remarks>Asked of every endpoint there is, so that a new one, right or scope is bounded without being named here.</remarks>
internal sealed class Granting(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<AccessRule>> rules = new(() =>
        [.. endpoints.Endpoints.Select(one => one.Metadata.GetMetadata<AccessRule>()).OfType<AccessRule>()
            .Where(rule => rule.Who is not (Who.Public or Who.SignedIn)).Distinct()]);

    /// <summary>Whether a giver may make such a user.</summary>
    public bool MayMakeUser(Caller giver, UserRole role, IReadOnlyList<Permission> permissions) => Covers(giver, giver with
    {
        Kind = CallerKind.User, Role = role is UserRole.Staff ? CallerRole.Staff : role is UserRole.PlatformAdmin ? CallerRole.PlatformAdmin : CallerRole.Admin,
        Permissions = permissions, Scopes = null,
    });

    /// <summary>Whether a giver may give out such a key.</summary>
    public bool MayMakeKey(Caller giver, Domain.Tenancy.ApiKeyRole role, IReadOnlyList<string>? scopes) => Covers(giver, giver with
    {
        Kind = CallerKind.ApiKey, Role = role is Domain.Tenancy.ApiKeyRole.Admin ? CallerRole.Admin : CallerRole.Staff, Permissions = [], Scopes = scopes,
    });

    /// <summary>Whether a giver may let somebody be a customer, whichever.</summary>
    public bool MayMakeCustomers(Caller giver) =>
        Covers(giver, giver with { Kind = CallerKind.Customer, Role = CallerRole.Customer, Permissions = [], Scopes = null });

    private bool Covers(Caller giver, Caller made) =>
        rules.Value.All(rule => rule.Refusal(made) is not null || rule.Refusal(giver) is null)
        && Enum.GetValues<Permission>().All(right => !made.May(right) || giver.May(right));
}
