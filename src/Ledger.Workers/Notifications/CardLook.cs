using Ledger.Application.Notifications;
using Ledger.Application.Tenancy;
using Ledger.Application.Webhooks;
using Ledger.Domain.Customers;
using Ledger.Domain.Notifications;
using NodaTime.Extensions;

namespace Ledger.Workers.Notifications;

/// <summary>Looks for cards that are good to the end of the month: once for each card and month, when the month has begun for the tenant.</summary>
/// <remarks>A live tenant goes by the wall clock; a sandbox tenant by its own, and a month that it leaps over is not left out.</remarks>
public sealed class CardLook(LedgerDatabase database, Tenants tenants, NotificationAudience audience, ViewProgress views, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20), ViewsWait = TimeSpan.FromSeconds(10);
    private const int MonthsMax = 240;
    private Dictionary<string, int> looked = [];
    private DateTimeOffset nextLook = DateTimeOffset.MinValue;

    /// <summary>Whoever has the lease begins from what the database says.</summary>
    internal async Task Begin(CancellationToken ct) => (looked, nextLook) = (await new NotificationTable(database).Months(ct), DateTimeOffset.MinValue);

    /// <param name="moved">Sandbox tenants' clocks.</param>
    /// <param name="position">What the views must have seen.</param>
    internal async Task<(List<NewNotification> Messages, List<LookedMonth> Months)> Look(List<MovedClock> moved, long position, CancellationToken ct)
    {
        var (messages, months) = (new List<NewNotification>(), new List<LookedMonth>());
        foreach (var (tenant, at) in moved.Select(one => (one.TenantId, one.At)).Concat(await Live(ct)))
        {
            if (await tenants.Find(tenant, ct) is not { } known) continue;
            var (from, to) = (looked.GetValueOrDefault(tenant), MonthOf(known.DateOf(at)));
            if (months.LastOrDefault(one => one.TenantId == tenant) is { } before) from = before.Month;
            if (to <= from) continue;
            if (!await views.WaitFor(position, ViewsWait, ct)) continue;   // The next look finds them.
            messages.AddRange(await audience.Of(tenant, await Expiring(tenant, from == 0 ? to : After(from, to), to, ct), at, ct));
            months.Add(new(tenant, to));
        }

        return (messages, months);
    }

    /// <summary>What was taken up need not be looked at again.</summary>
    internal void Done(IEnumerable<LookedMonth> months)
    {
        foreach (var one in months) looked[one.TenantId] = one.Month;
    }

    private async Task<List<(string, Instant)>> Live(CancellationToken ct)
    {
        if (time.GetUtcNow() is var now && now < nextLook) return [];
        nextLook = now + LookEvery;
        var at = now.ToInstant().ToMicroseconds();
        var live = await database.QueryAsWorker("select tenant_id from views.tenants where mode = 'live'", [], row => row.GetString(0), ct);
        return [.. live.Select(one => (one, at))];
    }

    /// <summary>Active cards that expire in one of these months, both included.</summary>
    private async Task<List<(Guid, WantedNotification)>> Expiring(string tenant, int from, int to, CancellationToken ct) => await database.QueryAsTenant(tenant, """
        select w.customer_id, (m->>'id')::uuid, m->>'brand', m->>'last4', (m->>'exp_year')::int, (m->>'exp_month')::int
        from views.wallets w cross join lateral jsonb_array_elements(w.methods) m
        where w.tenant_id = $1 and w.earliest_expiry <= $3 and (m->>'is_active')::boolean
          and (m->>'exp_year')::int * 100 + (m->>'exp_month')::int between $2 and $3
        order by 1, 2
        """, [tenant, from, to], row =>
        {
            var (card, year, month) = (row.GetGuid(1), row.GetInt32(4), row.GetInt32(5));
            var facts = new NotificationFacts(PaymentMethodId: card, Card: new(row.GetString(2), row.GetString(3), year, month));
            return (DerivedId.Of(card, $"expires {year * 100 + month}"), new WantedNotification(NotificationType.CardExpiring, new CustomerId(row.GetGuid(0)), facts));
        }, ct);

    private static int MonthOf(LocalDate day) => day.Year * 100 + day.Month;

    /// <summary>The month after one, but not too far back from another.</summary>
    private static int After(int month, int to)
    {
        var next = new YearMonth(month / 100, month % 100).PlusMonths(1);
        var first = new YearMonth(to / 100, to % 100).PlusMonths(-MonthsMax);
        return next.CompareTo(first) < 0 ? first.Year * 100 + first.Month : next.Year * 100 + next.Month;
    }
}
