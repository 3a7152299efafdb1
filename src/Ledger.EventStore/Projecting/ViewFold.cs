using System.Runtime.InteropServices;

namespace Ledger.EventStore.Projecting;

/// <summary>Folds events into one view's rows, in memory: first the rows it needs, then the events in order.</summary>
internal abstract class ViewFold
{
    /// <summary>How many rows it holds.</summary>
    public abstract int Count { get; }

    /// <summary>The rows that these events touch and that are not held yet: what to load before folding.</summary>
    public abstract NpgsqlBatchCommand? Missing(IReadOnlyList<StoredEvent> events, string table);

    /// <summary>Takes the rows that <see cref="Missing"/> asked for.</summary>
    public abstract Task Take(NpgsqlDataReader reader, CancellationToken ct);

    public abstract void Apply(StoredEvent happened);

    /// <summary>The same, for the share of the rows that one pass of a rebuild fills: rows start from nothing.</summary>
    public abstract void ApplyShare(StoredEvent happened, int share, int shares);

    /// <summary>The statements that bring the table to what has been folded.</summary>
    public abstract IEnumerable<NpgsqlBatchCommand> Changes(string table);

    /// <summary>Writes all that it holds into a table that is being built.</summary>
    public abstract Task Copy(NpgsqlConnection connection, string table, CancellationToken ct);

    /// <summary>Whether it holds much that will not change any more, and may be written at once.</summary>
    public virtual bool IsFull => false;

    /// <summary>Writes that, into a table that is being built.</summary>
    public virtual Task CopyHeld(NpgsqlConnection connection, string table, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>An event that a view can make nothing of.</summary>
public sealed class PoisonEventException(StoredEvent happened, Exception reason)
    : Exception($"{reason.GetType().Name} at position {happened.Position} ({happened.Type}): {reason.Message}", reason);

internal sealed class ViewFold<TRow>(View<TRow> view) : ViewFold where TRow : class
{
    private readonly Dictionary<(string Tenant, Guid Id), TRow?> rows = [];
    private readonly HashSet<(string Tenant, Guid Id)> changed = [];

    public override int Count => rows.Count;

    public override NpgsqlBatchCommand? Missing(IReadOnlyList<StoredEvent> events, string table)
    {
        var wanted = new HashSet<(string Tenant, Guid Id)>();
        foreach (var happened in events)
            foreach (var id in Touched(happened))
                if (!rows.ContainsKey((happened.Tenant, id))) _ = wanted.Add((happened.Tenant, id));

        if (wanted.Count == 0) return null;
        foreach (var key in wanted) rows[key] = null;
        return TenantQueries.Command(
            $"select {RowMap<TRow>.ColumnList} from views.{table} where (tenant_id, id) in (select * from unnest($1::text[], $2::uuid[]))",
            [wanted.Select(key => key.Tenant).ToArray(), wanted.Select(key => key.Id).ToArray()]);
    }

    public override async Task Take(NpgsqlDataReader reader, CancellationToken ct)
    {
        while (await reader.ReadAsync(ct))
        {
            var row = RowMap<TRow>.Read(reader);
            rows[RowMap<TRow>.Key(row)] = row;
        }
    }

    public override void Apply(StoredEvent happened)
    {
        foreach (var id in Touched(happened)) Apply((happened.Tenant, id), happened);
    }

    public override void ApplyShare(StoredEvent happened, int share, int shares)
    {
        foreach (var id in Touched(happened))
            if (shares == 1 || unchecked((uint)id.GetHashCode()) % (uint)shares == (uint)share) Fold((happened.Tenant, id), happened);
    }

    /// <exception cref="PoisonEventException">The view cannot say whose it is, or needs an event that cannot be read.</exception>
    private IReadOnlyList<Guid> Touched(StoredEvent happened)
    {
        if (happened.Event is UnreadableEvent unreadable)
        {
            if (view.Streams?.Contains(happened.Stream.Category) is false) return [];
            throw new PoisonEventException(happened, unreadable.Reason);
        }

#pragma warning disable CA1031 // Whatever it is, it says which event it was about.
        try { return view.Touched(happened) is var ids && ids is IReadOnlyList<Guid> list ? list : [.. ids]; }
        catch (Exception e) { throw new PoisonEventException(happened, e); }
#pragma warning restore CA1031
    }

    private void Apply((string Tenant, Guid Id) key, StoredEvent happened)
    {
        Fold(key, happened);
        _ = changed.Add(key);
    }

    private void Fold((string Tenant, Guid Id) key, StoredEvent happened)
    {
        ref var row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, key, out _);
#pragma warning disable CA1031 // As above.
        try { row = view.After(row, key.Id, happened); }
        catch (Exception e) { throw new PoisonEventException(happened, e); }
#pragma warning restore CA1031
    }

    public override IEnumerable<NpgsqlBatchCommand> Changes(string table)
    {
        var kept = changed.Select(key => rows[key]).OfType<TRow>().ToList();
        var gone = changed.Where(key => rows[key] is null).ToList();
        if (kept.Count > 0)
        {
            var columns = RowMap<TRow>.Columns;
            var command = new NpgsqlBatchCommand($"""
                insert into views.{table} ({RowMap<TRow>.ColumnList})
                select * from unnest({string.Join(", ", Enumerable.Range(1, columns.Count).Select(n => $"${n}"))})
                on conflict (tenant_id, id) do update set {string.Join(", ", columns.Skip(2).Select(one => $"{one.Name} = excluded.{one.Name}"))}
                """);
            foreach (var column in columns) command.Parameters.Add(column.Values(kept));
            yield return command;
        }

        if (gone.Count > 0)
        {
            yield return TenantQueries.Command(
                $"delete from views.{table} where (tenant_id, id) in (select * from unnest($1::text[], $2::uuid[]))",
                [gone.Select(key => key.Tenant).ToArray(), gone.Select(key => key.Id).ToArray()]);
        }
    }

    public override async Task Copy(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var importer = await connection.BeginBinaryImportAsync(
            $"copy views.{table} ({RowMap<TRow>.ColumnList}) from stdin (format binary)", ct);
        foreach (var row in rows.Values.OfType<TRow>())
        {
            await importer.StartRowAsync(ct);
            foreach (var column in RowMap<TRow>.Columns) await column.Copy(importer, row, ct);
        }

        _ = await importer.CompleteAsync(ct);
    }
}
