namespace Ledger.Projections.Catalog;

/// <summary>Whether anybody subscribes to a product.</summary>
public sealed class ProductUse(LedgerDatabase database)
{
    public async Task<bool> IsSubscribed(string tenant, Guid product, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select exists (
                select from views.product_variations v
                join views.subscriptions s on s.tenant_id = v.tenant_id
                    and s.items @> jsonb_build_array(jsonb_build_object('product_variation_id', v.id))
                where v.tenant_id = $1 and v.product_id = $2 and s.status in ('pending', 'active', 'on_hold', 'past_due', 'error'))
            """, [tenant, product], row => row.GetBoolean(0), ct))[0];
}
