using Ledger.Domain.People;

namespace Ledger.Api.Access;

/// <summary>Every scope that a key can have: those of the endpoints there are, and the rights of staff.</summary>
internal sealed class KnownScopes(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<string>> all = new(() =>
        [.. endpoints.Endpoints.Select(one => one.Metadata.GetMetadata<AccessRule>()?.Scope).OfType<string>()
            .Concat(Enum.GetValues<Permission>().Select(AccessRule.ScopeOf)).Distinct().Order(StringComparer.Ordinal)]);

    public IReadOnlyList<string> All => all.Value;

    public bool Has(string scope) => all.Value.Contains(scope);
}
