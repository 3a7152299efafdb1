namespace Ledger.Projections;

/// <summary>What time alone has decided and nobody has written down yet: found by what is true, so that no lost message can hide it.</summary>
public sealed class TimeLimits(LedgerDatabase database)
{
    private const string Invoices = "views.invoices where status = 'pending' and due_on <";
    private const string Bookings = "views.bookings where status = 'pending' and held_until <=";
    private const string ClassCredits = "views.class_credits where status = 'active' and expires_at <=";

    /// <summary>Up to <paramref name="limit"/> invoices that have fallen overdue and are not called so, after an id, by id.</summary>
    public Task<List<Guid>> OverdueInvoices(string tenant, LocalDate today, Guid after, int limit, CancellationToken ct) =>
        Passed(Invoices, tenant, today, after, limit, ct);

    /// <summary>The same, of bookings that were not paid while a place was kept for them.</summary>
    public Task<List<Guid>> LapsedBookings(string tenant, Instant now, Guid after, int limit, CancellationToken ct) =>
        Passed(Bookings, tenant, now, after, limit, ct);

    /// <summary>The same, of class credits whose time is up.</summary>
    public Task<List<Guid>> ExpiredClassCredits(string tenant, Instant now, Guid after, int limit, CancellationToken ct) =>
        Passed(ClassCredits, tenant, now, after, limit, ct);

    /// <summary>The first day after this one on which an invoice falls overdue, as far as is known now; null when none does.</summary>
    public async Task<LocalDate?> NextOverdueDay(string tenant, LocalDate day, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select min(due_on) from views.invoices where tenant_id = $1 and status = 'pending' and due_on >= $2
            """, [tenant, day], row => row.GetLocalDateOrNull(0), ct))[0]?.PlusDays(1);

    /// <summary>The first instant after this one at which a place is kept no longer, or classes expire; null when none does.</summary>
    public async Task<Instant?> NextInstant(string tenant, Instant now, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select least(
                (select min(held_until) from views.bookings where tenant_id = $1 and status = 'pending' and held_until > $2),
                (select min(expires_at) from views.class_credits where tenant_id = $1 and status = 'active' and expires_at > $2))
            """, [tenant, now], row => row.GetInstantOrNull(0), ct))[0];

    /// <summary>Tenants that may have something, whatever their zone.</summary>
    /// <param name="day">The latest date that it is anywhere.</param>
    public Task<List<string>> Tenants(LocalDate day, Instant now, CancellationToken ct) =>
        database.QueryAsWorker($"""
            select tenant_id from {Invoices} $1 union select tenant_id from {Bookings} $2 union select tenant_id from {ClassCredits} $2
            """, [day, now], row => row.GetString(0), ct);

    private Task<List<Guid>> Passed(string what, string tenant, object limit, Guid after, int most, CancellationToken ct) =>
        database.QueryAsTenant(
            tenant, $"select id from {what} $2 and tenant_id = $1 and id > $3 order by id limit $4", [tenant, limit, after, most],
            row => row.GetGuid(0), ct);
}
