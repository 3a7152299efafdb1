using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.EventStore.Events;
using Ledger.EventStore.Projecting;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>A view built anew from a log of many interleaved streams.</summary>
internal sealed class RebuildScenario : IScenario
{
    private const int Streams = 20_000, EventsPerStream = 10;

    public string Name => "rebuild";

    public string What => $"a view rebuilt from {Streams * EventsPerStream:N0} events on {Streams:N0} interleaved streams; against reading, deserializing and folding all in memory, then COPY";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var store = await BenchStore.Create();
        await store.Fill(Streams, EventsPerStream);
        View<AccountRow>[] views = [new ByAccount(), new ByCustomer(), new ByDay()];
        _ = await new ViewTables(store.Database).Prepare(views, ct);
        var rebuild = new ViewRebuild(store.Database, store.Feed, new ViewTables(store.Database));

        var figures = new List<Figure>();
        foreach (var view in views)
        {
            await store.Run($"create table plain_{view.Name} (tenant_id text not null, id uuid not null, balance bigint not null, movements int not null, last_on date not null, primary key (tenant_id, id))");
            var (subject, baseline) = await Measure.InTurns(
                async () => Streams * EventsPerStream / await Measure.Seconds(() => rebuild.Run([view], null, ct)),
                async () => Streams * EventsPerStream / await Measure.Seconds(() => Plain(store, view, ct)), rounds: 3);
            figures.Add(new($"events folded, rows {view.Name.Replace('_', ' ')}", subject, "/s", baseline, 0.6));
        }

        return figures;
    }

    private static async Task Plain(BenchStore store, View<AccountRow> view, CancellationToken ct)
    {
        var rows = new Dictionary<Guid, (long Balance, int Movements, LocalDate LastOn)>();
        await using var connection = await store.Plain.OpenConnectionAsync(ct);
        await using (var command = new NpgsqlCommand("select type, data::text from public.mt_events order by seq_id", connection) { CommandTimeout = 0 })
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                if (reader.GetString(0) != "account_moved") throw new InvalidOperationException(reader.GetString(0));
                var moved = JsonSerializer.Deserialize<AccountMoved>(reader.GetString(1), LedgerJson.Options)!;
                var key = KeyOf(view, moved);
                var row = rows.GetValueOrDefault(key);
                rows[key] = (row.Balance + moved.Amount, row.Movements + 1, moved.On);
            }
        }

        await store.Run($"truncate plain_{view.Name}");
        await using var copy = await connection.BeginBinaryImportAsync($"copy plain_{view.Name} from stdin (format binary)", ct);
        foreach (var (id, row) in rows)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(BenchStore.Tenant, ct);
            await copy.WriteAsync(id, ct);
            await copy.WriteAsync(row.Balance, ct);
            await copy.WriteAsync(row.Movements, ct);
            await copy.WriteAsync(row.LastOn.ToDateOnly(), NpgsqlDbType.Date, ct);
        }

        _ = await copy.CompleteAsync(ct);
    }

    private static Guid KeyOf(View<AccountRow> view, AccountMoved moved) => view switch
    {
        ByAccount => moved.AccountId,
        ByCustomer => moved.CustomerId,
        _ => ByDay.IdOf(moved.On),
    };
}

internal sealed record AccountRow(string TenantId, Guid Id, long Balance, int Movements, LocalDate LastOn);

/// <summary>The same row by another key each.</summary>
internal abstract class AccountsView : View<AccountRow>
{
    public override int Version => 1;

    public override string Columns => "tenant_id text not null, id uuid not null, balance bigint not null, movements int not null, last_on date not null";

    public override IReadOnlyList<string> Indexes => [];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is AccountMoved moved ? [KeyOf(moved)] : [];

    public override AccountRow After(AccountRow? row, Guid id, StoredEvent happened) => happened.Event is AccountMoved moved
        ? new(happened.Tenant, id, (row?.Balance ?? 0) + moved.Amount, (row?.Movements ?? 0) + 1, moved.On)
        : throw new System.Diagnostics.UnreachableException();

    protected abstract Guid KeyOf(AccountMoved moved);
}

internal sealed class ByAccount : AccountsView
{
    public override string Name => "by_stream";

    protected override Guid KeyOf(AccountMoved moved) => moved.AccountId;
}

internal sealed class ByCustomer : AccountsView
{
    public override string Name => "across_streams";

    protected override Guid KeyOf(AccountMoved moved) => moved.CustomerId;
}

internal sealed class ByDay : AccountsView
{
    public override string Name => "by_day";

    public static Guid IdOf(LocalDate day) => new(day.Year * 10_000 + day.Month * 100 + day.Day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    protected override Guid KeyOf(AccountMoved moved) => IdOf(moved.On);
}

internal sealed class ByMonth : AccountsView
{
    public override string Name => "by_month";

    protected override Guid KeyOf(AccountMoved moved) => ByDay.IdOf(new(moved.On.Year, moved.On.Month, 1));
}

internal sealed class ByYear : AccountsView
{
    public override string Name => "by_year";

    protected override Guid KeyOf(AccountMoved moved) => ByDay.IdOf(new(moved.On.Year, 1, 1));
}
