using System.Globalization;

namespace Ledger.EventStore.Projecting;

/// <summary>Folds events into the states, figures and sums of a view that counts.</summary>
internal sealed class FigureFold<TState>(FigureView<TState> view) : ViewFold where TState : class
{
    /// <summary>Figures that a rebuild holds before it writes them.</summary>
    private const int HeldMax = 20_000;

    private readonly Dictionary<string, States> tenants = [];
    private readonly List<Counted> counted = [];
    private readonly Dictionary<SumKey, Sum> sums = [];

    public override int Count => tenants.Values.Sum(one => one.Rows.Count);

    public override bool IsFull => counted.Count >= HeldMax;

    public override NpgsqlBatchCommand? Missing(IReadOnlyList<StoredEvent> events, string table)
    {
        var wanted = new HashSet<(string Tenant, Guid Id)>();
        foreach (var happened in events)
            foreach (var id in Needs(happened)) _ = wanted.Add((happened.Tenant, id));

        if (wanted.Count == 0) return null;
        return TenantQueries.Command($"""
            with wanted as (select * from unnest($1::text[], $2::uuid[]) as w (tenant_id, id)),
            found as (select t.tenant_id, t.id, t.state, t.parent from views.{table} t join wanted using (tenant_id, id))
            select tenant_id, id, state from found
            union all
            select distinct on (p.tenant_id, p.id) p.tenant_id, p.id, p.state
            from found f join views.{table} p on p.tenant_id = f.tenant_id and p.id = f.parent
            where not exists (select from found g where g.tenant_id = p.tenant_id and g.id = p.id)
            """, [wanted.Select(key => key.Tenant).ToArray(), wanted.Select(key => key.Id).ToArray()]);
    }

    public override async Task Take(NpgsqlDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
            StatesOf(reader.GetString(0)).Rows[reader.GetGuid(1)] = view.Read(reader.GetString(2));
    }

    public override void Apply(StoredEvent happened)
    {
        if (happened.Event is UnreadableEvent unreadable)
        {
            if (view.Streams?.Contains(happened.Stream.Category) is false) return;
            throw new PoisonEventException(happened, unreadable.Reason);
        }

#pragma warning disable CA1031 // Whatever it is, it says which event it was about.
        try { CountAll(happened); }
        catch (Exception e) { throw new PoisonEventException(happened, e); }
#pragma warning restore CA1031
    }

    /// <summary>What is counted depends on what came before of other things: the first pass does it all, and writes as it goes.</summary>
    public override void ApplyShare(StoredEvent happened, int share, int shares)
    {
        if (share == 0) Apply(happened);
    }

    public override IEnumerable<NpgsqlBatchCommand> Changes(string table)
    {
        var kept = tenants.SelectMany(one => one.Value.Changed.Where(id => one.Value.Rows[id] is not null), (one, id) => (Tenant: one.Key, Id: id, State: one.Value.Rows[id]!)).ToList();
        var gone = tenants.SelectMany(one => one.Value.Changed.Where(id => one.Value.Rows[id] is null), (one, id) => (Tenant: one.Key, Id: id)).ToList();
        if (kept.Count > 0)
        {
            yield return TenantQueries.Command($"""
                insert into views.{table} (tenant_id, id, kind, parent, state) select t, i, {FigureView<TState>.KindOfState}, p, s
                from unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[]) as n (t, i, p, s)
                on conflict (tenant_id, id) do update set parent = excluded.parent, state = excluded.state
                """, [
                kept.Select(one => one.Tenant).ToArray(), kept.Select(one => one.Id).ToArray(), kept.Select(one => view.ParentOf(one.State)).ToArray(),
                kept.Select(one => view.Write(one.State)).ToArray(),
            ]);
        }

        if (gone.Count > 0)
        {
            yield return TenantQueries.Command(
                $"delete from views.{table} where (tenant_id, id) in (select * from unnest($1::text[], $2::uuid[]))",
                [gone.Select(one => one.Tenant).ToArray(), gone.Select(one => one.Id).ToArray()]);
        }

        if (counted.Count == 0) yield break;
        var figures = Figures();
        yield return TenantQueries.Command($"""
            insert into views.{table} (tenant_id, id, kind, block, figures) select t, i, {FigureView<TState>.KindOfFigures}, b, f::json
            from unnest($1::text[], $2::uuid[], $3::bigint[], $4::text[]) as n (t, i, b, f)
            """, [
            figures.Select(one => one.Tenant).ToArray(), figures.Select(one => one.Id).ToArray(), figures.Select(one => one.Block).ToArray(),
            figures.Select(one => one.Text).ToArray(),
        ]);
        yield return Insert(table, [.. sums.Select(one => one.Value.Row(one.Key))],
            $"""
            on conflict (tenant_id, id) do update set count = {table}.count + excluded.count, amount = {table}.amount + excluded.amount,
                at = least({table}.at, excluded.at), last_at = greatest({table}.last_at, excluded.last_at)
            """);
    }

    public override async Task CopyHeld(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var importer = await connection.BeginBinaryImportAsync(
            $"copy views.{table} (tenant_id, id, kind, block, figures) from stdin (format binary)", ct);
        foreach (var (tenant, id, block, text) in Figures())
        {
            await importer.StartRowAsync(ct);
            await importer.WriteAsync(tenant, NpgsqlDbType.Text, ct);
            await importer.WriteAsync(id, NpgsqlDbType.Uuid, ct);
            await importer.WriteAsync(FigureView<TState>.KindOfFigures, NpgsqlDbType.Smallint, ct);
            await importer.WriteAsync(block, NpgsqlDbType.Bigint, ct);
            await importer.WriteAsync(text, NpgsqlDbType.Json, ct);
        }

        _ = await importer.CompleteAsync(ct);
        counted.Clear();
    }

    public override async Task Copy(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await CopyHeld(connection, table, ct);
        await Copy(connection, table, sums.Select(one => one.Value.Row(one.Key)), ct);
        await using var importer = await connection.BeginBinaryImportAsync(
            $"copy views.{table} (tenant_id, id, kind, parent, state) from stdin (format binary)", ct);
        foreach (var (tenant, states) in tenants)
        {
            foreach (var (id, state) in states.Rows)
            {
                if (state is null) continue;
                await importer.StartRowAsync(ct);
                await importer.WriteAsync(tenant, NpgsqlDbType.Text, ct);
                await importer.WriteAsync(id, NpgsqlDbType.Uuid, ct);
                await importer.WriteAsync(FigureView<TState>.KindOfState, NpgsqlDbType.Smallint, ct);
                await (view.ParentOf(state) is { } parent ? importer.WriteAsync(parent, NpgsqlDbType.Uuid, ct) : importer.WriteNullAsync(ct));
                await importer.WriteAsync(view.Write(state), NpgsqlDbType.Text, ct);
            }
        }

        _ = await importer.CompleteAsync(ct);
    }

    private IEnumerable<Guid> Needs(StoredEvent happened)
    {
        if (happened.Event is UnreadableEvent) return [];   // It is said when it is applied.
#pragma warning disable CA1031 // As above.
        try { return view.Needs(happened); }
        catch (Exception e) { throw new PoisonEventException(happened, e); }
#pragma warning restore CA1031
    }

    private void CountAll(StoredEvent happened)
    {
        var states = StatesOf(happened.Tenant);
        LocalDate? day = null;
        foreach (var figure in view.Count(happened, states))
        {
            if (figure is { Count: 0, Amount: 0 }) continue;
            day ??= view.DayOf(happened, states);
            counted.Add(new(happened, day.Value, figure));
            var key = new SumKey(happened.Tenant, figure.Measure, figure.Dimension, figure.Commodity, day.Value, happened.Position / FigureView<TState>.BlockSize);
            if (!sums.TryGetValue(key, out var sum)) sums[key] = sum = new();
            sum.Add(figure, happened.Headers.EffectiveAt);
        }
    }

    private States StatesOf(string tenant) => tenants.TryGetValue(tenant, out var known) ? known : tenants[tenant] = new();

    private static NpgsqlBatchCommand Insert(string table, List<SumRow> rows, string onConflict)
    {
        var columns = RowMap<SumRow>.Columns;
        var command = new NpgsqlBatchCommand($"""
            insert into views.{table} ({RowMap<SumRow>.ColumnList})
            select * from unnest({string.Join(", ", Enumerable.Range(1, columns.Count).Select(n => $"${n}"))}) {onConflict}
            """);
        foreach (var column in columns) command.Parameters.Add(column.Values(rows));
        return command;
    }

    private static async Task Copy(NpgsqlConnection connection, string table, IEnumerable<SumRow> rows, CancellationToken ct)
    {
        await using var importer = await connection.BeginBinaryImportAsync($"copy views.{table} ({RowMap<SumRow>.ColumnList}) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await importer.StartRowAsync(ct);
            foreach (var column in RowMap<SumRow>.Columns) await column.Copy(importer, row, ct);
        }

        _ = await importer.CompleteAsync(ct);
    }

    /// <summary>What is known of one tenant's things; null for what has been forgotten.</summary>
    private sealed class States : IFigureStates<TState>
    {
        public Dictionary<Guid, TState?> Rows { get; } = [];

        public HashSet<Guid> Changed { get; } = [];

        public TState? this[Guid id]
        {
            get => Rows.GetValueOrDefault(id);
            set
            {
                if (value is null && !Rows.ContainsKey(id)) return;
                Rows[id] = value;
                _ = Changed.Add(id);
            }
        }
    }

    private readonly record struct SumKey(string Tenant, string Measure, string Dimension, string Commodity, LocalDate On, long Block);

    private sealed class Sum
    {
        private long count, amount;
        private Instant first = Instant.MaxValue, last = Instant.MinValue;

        public void Add(Figure figure, Instant at)
        {
            count += figure.Count;
            amount = checked(amount + figure.Amount);
            (first, last) = (Instant.Min(first, at), Instant.Max(last, at));
        }

        public SumRow Row(SumKey key) => new(
            key.Tenant, DerivedId.Of(key.Tenant, "figures", string.Create(CultureInfo.InvariantCulture, $"{key.Measure}\n{key.Dimension}\n{key.Commodity}\n{key.On:R}\n{key.Block}")),
            FigureView<TState>.KindOfSum, key.Measure, key.Dimension, key.Commodity, key.On, first, last, key.Block, count, amount);
    }

    /// <summary>What was counted, in rows of one tenant and one stretch each, with the id of the first event in it.</summary>
    private List<(string Tenant, Guid Id, long Block, string Text)> Figures() =>
    [
        .. counted.GroupBy(one => (one.Happened.Tenant, Block: one.Happened.Position / FigureView<TState>.BlockSize))
            .Select(group => (group.Key.Tenant, group.First().Happened.Id, group.Key.Block, Text(group))),
    ];

    private static string Text(IEnumerable<Counted> figures)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var json = new System.Text.Json.Utf8JsonWriter(buffer);
        json.WriteStartArray();
        foreach (var one in figures)
        {
            json.WriteStartObject();
            json.WriteString("m"u8, one.Figure.Measure);
            json.WriteString("d"u8, one.Figure.Dimension);
            json.WriteString("c"u8, one.Figure.Commodity);
            json.WriteString("o"u8, one.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("a"u8, one.Happened.Headers.EffectiveAt.ToDateTimeUtc());
            json.WriteNumber("p"u8, one.Happened.Position);
            json.WriteNumber("n"u8, one.Figure.Count);
            json.WriteNumber("v"u8, one.Figure.Amount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A figure as it is held until it is written.</summary>
    private readonly record struct Counted(StoredEvent Happened, LocalDate On, Figure Figure);
}

/// <param name="At">When the first of it was true.</param>
/// <param name="LastAt">When the last of it was.</param>
internal sealed record SumRow(
    string TenantId, Guid Id, short Kind, string Measure, string Dimension, string Commodity, LocalDate OnDate, Instant At, Instant LastAt,
    long Block, long Count, long Amount);
