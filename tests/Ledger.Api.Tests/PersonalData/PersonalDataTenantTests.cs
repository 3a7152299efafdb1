using Ledger.EventStore.Database;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.PersonalData;

/// <summary>Whatever a request may read, it reads of its own tenant alone: found from the catalog, so that a new table is in it.</summary>
[Collection("app")]
public class PersonalDataTenantTests(SharedApp shared)
{
    /// <summary>What a request may read and nobody in particular has: places in the log and its heads, and who works on what.</summary>
    private static readonly string[] OfNobody = ["ledger.places", "ledger.blocks", "ledger.leases", "ledger.views", "ledger.signed_heads"];

    private LedgerDatabase Database => shared.App.Services.GetRequiredService<LedgerDatabase>();

    [Fact]
    public async Task A_request_of_one_tenant_sees_no_row_of_another_in_anything_it_may_read()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        var (marker, secret) = (new Marker(), new Marker());
        var here = (await mine.Admin.Post("/customers", PlantedCustomer.Request(marker), "made")).Is(201).Id;
        var there = (await theirs.Admin.Post("/customers", PlantedCustomer.Request(secret), "made")).Is(201).Id;
        _ = (await mine.Admin.Get("/customers")).Is(200);
        _ = (await theirs.Admin.Get("/customers")).Is(200);

        var (own, foreign) = (0, 0);
        foreach (var table in await Readable())
        {
            var seen = await Rows(mine.Name, table);
            own += seen.Count(row => row.Contains(mine.Name, StringComparison.Ordinal) || row.Contains(here, StringComparison.Ordinal));
            seen.Where(row => row.Contains(theirs.Name, StringComparison.Ordinal) || row.Contains(there, StringComparison.Ordinal) || secret.IsIn(row)).ShouldBeEmpty(table);
            if (!OfNobody.Contains(table)) (await Rows("", table)).ShouldBeEmpty($"{table} shows rows to a request without a tenant");
            foreign += (await Rows(theirs.Name, table)).Count;
        }

        own.ShouldBeGreaterThan(10);
        foreign.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Whatever_a_request_may_read_is_under_a_policy_or_is_nobodys()
    {
        (await Readable()).ShouldContain("ledger.personal_keys");
        (await Database.QueryAsWorker("""
            select c.oid::regclass::text from pg_class c
            where c.oid::regclass::text = any($1)
              and not (c.relkind = 'v' and coalesce(c.reloptions @> '{security_invoker=true}', false))
              and not (c.relrowsecurity and exists (
                select from pg_policy p join pg_roles r on r.oid = any(p.polroles) or p.polroles = '{0}'
                where p.polrelid = c.oid and r.rolname = 'ledger_reader'
                  and pg_get_expr(p.polqual, p.polrelid) like '%ledger.tenant%'))
            """, [(await Readable()).Except(OfNobody).ToArray()], row => row.GetString(0), CancellationToken.None)).ShouldBeEmpty();
    }

    private Task<List<string>> Readable() => Database.QueryAsWorker("""
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_toast'
          and has_schema_privilege('ledger_reader', n.oid, 'usage') and has_any_column_privilege('ledger_reader', c.oid, 'select')
        order by 1
        """, [], row => row.GetString(0), CancellationToken.None);

    private Task<List<string>> Rows(string tenant, string table) =>
        Database.QueryAsTenant(tenant, $"select t::text from {table} t", [], row => row.GetString(0), CancellationToken.None);
}
