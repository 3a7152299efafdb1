using Npgsql;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>How much there is of everything that a refused request must leave alone. Only what tells of refusals may grow by them.</summary>
internal sealed class Footprint(NpgsqlDataSource database)
{
    private static readonly string[] Tables =
    [
        "public.mt_events", "public.mt_streams", "ledger.event_index", "ledger.claims", "ledger.messages", "ledger.numbers", "ledger.clocks", "ledger.personal_keys", "ledger.personal_index",
        "identity.sessions", "sandbox.setups", "sandbox.faults", "sandbox.charges", Kept,
    ];

    /// <summary>Where a refusal by a rule of the domain is kept as the answer to its key.</summary>
    private const string Kept = "ledger.idempotency";

    public async Task<long[]> Take()
    {
#pragma warning disable CA2100 // The names are above.
        await using var command = database.CreateCommand($"select array[{string.Join(',', Tables.Select(table => $"(select count(*) from {table})"))}]");
#pragma warning restore CA2100
        return (long[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The tables that have grown or shrunk although a request was refused with this status; null when none has.</summary>
    public static string? Changed(long[] before, long[] after, int status)
    {
        var changed = Tables.Where((table, i) => before[i] != after[i] && !(table == Kept && status is (402 or 403 or 404 or 409 or 422))).ToList();
        return changed.Count == 0 ? null : string.Join(", ", changed);
    }
}
