using Ledger.Application.Tenancy;
using Ledger.EventStore.Database;

namespace Ledger.Api.Edge;

/// <summary>Which pages of other origins may call the API from a browser: those in the settings of tenants.</summary>
/// <remarks>However many origins are made up, what all tenants allow is read once in a few seconds.</remarks>
internal sealed class AllowedOrigins(Tenants tenants, LedgerDatabase database, IClock clock)
{
    private const string OfAll = "select distinct jsonb_array_elements_text(cors_origins) from views.tenants where cors_origins <> '[]'";
    private readonly Kept<string, HashSet<string>> kept = new(1, Duration.FromSeconds(5));

    /// <param name="tenant">Null asks whether any tenant has allowed it.</param>
    /// <param name="origin">As a browser sends it; compared letter for letter.</param>
    public async ValueTask<bool> Allows(string? tenant, string origin, CancellationToken ct) => tenant is null
        ? (await kept.Get("", clock.GetCurrentInstant(), async _ => [.. await database.QueryAsWorker(OfAll, [], row => row.GetString(0), CancellationToken.None)], ct)).Contains(origin)
        : (await tenants.Find(tenant, ct))?.CorsOrigins.Contains(origin) == true;
}
