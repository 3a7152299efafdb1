namespace Ledger.Projections.Catalog;

/// <summary>Whether anybody subscribes to a product, or a product has a label.</summary>
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

    /// <summary>Whether a product that is sold has this category, tag or attribute.</summary>
    public async Task<bool> HasLabel(string tenant, Guid label, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select exists (
                select from views.products where tenant_id = $1 and not is_archived and (
                    categories @> jsonb_build_array($2::uuid) or tags @> jsonb_build_array($2::uuid)
                    or attributes @> jsonb_build_array(jsonb_build_object('attribute_id', $2::uuid))))
            """, [tenant, label], row => row.GetBoolean(0), ct))[0];
}
