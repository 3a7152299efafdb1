namespace Ledger.EventStore.Projecting;

/// <summary>A view: rows made of events by two pure functions. The engine does the rest.</summary>
/// <remarks>To change what a view holds, give it a new version: the new table is filled beside the old one, then switched.</remarks>
public abstract class View
{
    /// <summary>What queries read from: <c>views.&lt;name&gt;</c>.</summary>
    public abstract string Name { get; }

    public abstract int Version { get; }

    /// <summary>The columns in SQL, <c>tenant_id text not null, id uuid not null</c> first: those two are the key.</summary>
    public abstract string Columns { get; }

    /// <summary>What follows <c>create index on &lt;table&gt;</c>: the ways in that its queries need.</summary>
    public abstract IReadOnlyList<string> Indexes { get; }

    /// <summary>The kinds of stream whose events it may need; null for all. An event that cannot be read stops those who may need it.</summary>
    public virtual IReadOnlyList<string>? Streams => null;

    /// <summary>A query over one of its tables for <c>tenant_id</c>, <c>id</c> and <c>row</c>, as JSON: what two tables that say the same agree in.</summary>
    internal virtual string RowsOf(string table) => $"select t.tenant_id, t.id, to_jsonb(t) as row from views.{table} t";

    /// <summary>A fold over events that gathers this view's rows.</summary>
    internal abstract ViewFold Fold();
}

/// <typeparam name="TRow">A record whose members are the columns, in order, named in PascalCase.</typeparam>
public abstract class View<TRow> : View where TRow : class
{
    /// <summary>Which rows the event touches, by id; none if it means nothing here.</summary>
    public abstract IEnumerable<Guid> Touched(StoredEvent happened);

    /// <summary>The row after the event; null for no row. Pure: everything comes from the old row and the event.</summary>
    public abstract TRow? After(TRow? row, Guid id, StoredEvent happened);

    internal sealed override ViewFold Fold() => new ViewFold<TRow>(this);
}
