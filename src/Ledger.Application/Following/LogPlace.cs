namespace Ledger.Application.Following;

/// <summary>How far a follower has taken up the log: all up to there, and nothing behind it.</summary>
internal static class LogPlace
{
    /// <summary>Gives it the head of the log, unless it has a place: it takes up what comes from its first start on.</summary>
    public static Task Prepare(LedgerDatabase database, string name, CancellationToken ct) => database.RunAsWorker("""
        insert into ledger.places (name, position)
        select $1, coalesce((select max(last_position) from ledger.blocks), 0) on conflict do nothing
        """, [name], ct);

    public static async Task<long> Read(LedgerDatabase database, string name, CancellationToken ct) => (await database.QueryAsWorker(
        "select position from ledger.places where name = $1", [name], row => row.GetInt64(0), ct))[0];
}
