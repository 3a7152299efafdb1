namespace Ledger.Api.Edge;

/// <summary>The origins of <c>LEDGER_CORS_ORIGINS</c>: <c>tenant-id=https://shop.example</c>, or <c>https://office.example</c> for all tenants.</summary>
internal sealed class GivenOrigins : IAllowedOrigins
{
    private readonly HashSet<string> ofAll = new(StringComparer.Ordinal);
    private readonly HashSet<(string Tenant, string Origin)> ofTenants = [];

    /// <exception cref="EdgeSettingsException">An entry is not an origin: a scheme, a host in lower case and maybe a port, and nothing after it. There is no wildcard.</exception>
    public GivenOrigins(string given)
    {
        foreach (var entry in given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (tenant, origin) = entry.Split('=', 2) is [var left, var right] ? (left, right) : (null, entry);
            if (!IsOrigin(origin) || (tenant is not null && !Guid.TryParseExact(tenant, "D", out _)))
                throw new EdgeSettingsException($"LEDGER_CORS_ORIGINS has no origin, or no tenant's id: '{entry}'.");
            _ = tenant is null ? ofAll.Add(origin) : ofTenants.Add((tenant.ToLowerInvariant(), origin));
        }
    }

    public ValueTask<bool> Allows(string? tenant, string origin, CancellationToken ct) => ValueTask.FromResult(
        ofAll.Contains(origin) || (tenant is null ? ofTenants.Any(one => one.Origin == origin) : ofTenants.Contains((tenant, origin))));

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.GetLeftPart(UriPartial.Authority) == text && uri.UserInfo.Length == 0;
}
