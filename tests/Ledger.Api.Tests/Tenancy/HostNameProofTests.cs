using Ledger.Gateways.Outgoing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Tenancy;

/// <summary>A host name is theirs who can show it: nobody takes a name of somebody else's, the platform's own included.</summary>
public class HostNameProofTests
{
    [Fact]
    public async Task A_name_that_nothing_proves_is_refused_and_says_what_would()
    {
        await using var app = await LedgerApp.Start(replace: services => services.AddSingleton<IHostNameProof>(new Proved("shop.example.org")));
        var tenant = await app.NewTenant();
        var refused = await tenant.Admin.Patch("/tenants/current/settings", new { host_names = new[] { "billing.example.org" } });
        refused.Refuses(422, "tenant_host_name_not_proved");
        refused.Text.ShouldContain($"ledger-tenant={tenant.Name}");
        refused.Text.ShouldContain("_ledger.billing.example.org");
        (await tenant.Admin.Get("/tenants/current")).Is(200).Json["host_names"]!.AsArray().ShouldBeEmpty();

        _ = (await tenant.Admin.Patch("/tenants/current/settings", new { host_names = new[] { "shop.example.org" } })).Is(200);
        // What was proved once stays, though its record may be gone.
        _ = (await tenant.Admin.Patch("/tenants/current/settings", new { name = "Shop", host_names = new[] { "shop.example.org" } })).Is(200);
    }

    private sealed class Proved(params string[] names) : IHostNameProof
    {
        public Task<bool> IsProved(string hostName, string tenant, CancellationToken ct) => Task.FromResult(names.Contains(hostName));
    }
}
