using Ledger.EventStore.Projecting;
using Npgsql;

namespace Ledger.Simulation.Tests.Workload;

/// <summary>A view that counts the events of each stream: one that is folded twice or left out shows.</summary>
internal sealed class Tally(string name) : View
{
    public override string Name => name;
    public override int Version => 1;
    public override string Columns => throw new NotSupportedException();
    public override IReadOnlyList<string> Indexes => [];

    internal override ViewFold Fold() => new TallyFold();
}

/// <summary>Rows of a tally, to and from the model of the database instead of SQL.</summary>
internal sealed class TallyFold : ViewFold
{
    private readonly Dictionary<Guid, long> rows = [];

    public override int Count => rows.Count;

    public override NpgsqlBatchCommand? Missing(IReadOnlyList<StoredEvent> events, string table)
    {
        foreach (var one in events) rows[one.Stream.Id] = 0;
        return new();
    }

    public void Take(Dictionary<Guid, long> stored)
    {
        foreach (var id in rows.Keys.ToList()) rows[id] = stored.GetValueOrDefault(id);
    }

    public void Store(Dictionary<Guid, long> stored)
    {
        foreach (var (id, count) in rows) stored[id] = count;
    }

    public override void Apply(StoredEvent happened) => rows[happened.Stream.Id]++;

    public override Task Take(NpgsqlDataReader reader, CancellationToken ct) => throw new NotSupportedException();
    public override void ApplyShare(StoredEvent happened, int share, int shares) => throw new NotSupportedException();
    public override IEnumerable<NpgsqlBatchCommand> Changes(string table) => throw new NotSupportedException();
    public override Task Copy(NpgsqlConnection connection, string table, CancellationToken ct) => throw new NotSupportedException();
}
