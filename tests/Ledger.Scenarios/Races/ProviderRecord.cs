using Ledger.Domain.Payments;
using Npgsql;

namespace Ledger.Scenarios.Races;

/// <summary>What the provider has written down for itself of the money it took and sent back.</summary>
internal static class ProviderRecord
{
    private const string Taken = """
        select c.provider_reference, coalesce(h.amount, c.amount) from sandbox.charges c
        left join sandbox.settled_holds h on h.tenant = c.tenant and h.charge_reference = c.provider_reference
        where c.tenant = $1 and (c.answer = 'captured' or (c.answer = 'authorized' and h.amount > 0))
        union all select charge_reference, amount from sandbox.intents where tenant = $1 and charge_reference is not null
        """;

    private const string Back = "select charge_reference, sum(amount)::bigint from sandbox.refunds where tenant = $1 and answer = 'refunded' group by 1";

    /// <summary>Every charge is a payment of ours with that amount, and every payment a charge; the same of what went back.</summary>
    public static async Task Agrees(string database, TestTenant tenant, IEnumerable<Payment> payments)
    {
        var ours = payments.OfType<Payment.Known>().Where(one => one is { IsPaid: true, Provider: "sandbox" }).ToList();
        (await Read(database, tenant, Taken)).ShouldBe(ours.ToDictionary(one => one.ProviderReference!, one => one.Captured.Amount), ignoreOrder: true);
        (await Read(database, tenant, Back)).ShouldBe(
            ours.Where(one => one.Refunded.Amount > 0).ToDictionary(one => one.ProviderReference!, one => one.Refunded.Amount), ignoreOrder: true);
    }

    /// <summary>What was charged, or sent back, and the log does not know, or knows with another amount.</summary>
    public static async Task<IReadOnlyList<string>> SentTwice(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("""
            select 'charge ' || c.idempotency_key from sandbox.charges c where c.answer in ('captured', 'authorized') and not exists (
                select from mt_events e where e.type in ('payment_captured', 'payment_authorized') and e.data ->> 'provider_reference' = c.provider_reference)
            union all
            select 'refund ' || r.idempotency_key from sandbox.refunds r where r.answer = 'refunded' and not exists (
                select from mt_events e where e.type = 'refund_succeeded' and e.data ->> 'provider_reference' = r.provider_reference
                and (e.data -> 'amount' ->> 'amount')::bigint = r.amount)
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) found.Add(rows.GetString(0));
        return found;
    }

    private static async Task<Dictionary<string, long>> Read(string database, TestTenant tenant, string question)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(question);
        command.Parameters.Add(new() { Value = tenant.Name });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new Dictionary<string, long>();
        while (await rows.ReadAsync()) found.Add(rows.GetString(0), rows.GetInt64(1));
        return found;
    }
}
