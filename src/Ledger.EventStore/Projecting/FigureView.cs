namespace Ledger.EventStore.Projecting;

/// <summary>What an event adds to a count: something happened so often, to so much.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Dimension">Which kind of it; empty where there is one kind only.</param>
/// <param name="Commodity">What the amount is of; empty without one.</param>
/// <param name="Count">Below zero where something ceases.</param>
/// <param name="Amount">In the commodity's minor unit.</param>
public sealed record Figure(string Measure, string Dimension, string Commodity, long Count, long Amount);

/// <summary>What is known of things whose next event changes a count by what was before.</summary>
public interface IFigureStates<TState> where TState : class
{
    /// <summary>Null for what is not known, and to forget it.</summary>
    TState? this[Guid id] { get; set; }
}

/// <summary>
/// A view that counts. Each figure is kept, and summed by day and by stretch of the log: the sum of any instant, as known at any
/// position, reads few rows.
/// </summary>
/// <remarks>
/// Its table holds three kinds of rows: what is known of each thing, figures one by one, many to a row, and their sums. Read it by <c>kind</c>.
/// </remarks>
public abstract class FigureView<TState> : View where TState : class
{
    /// <summary>Positions that share a sum.</summary>
    public const long BlockSize = 10_000;

    /// <summary>How figures are read from a row that holds many.</summary>
    public const string FigureColumns = "m text, d text, c text, o date, a timestamptz, p bigint, n bigint, v bigint";

    public const short KindOfState = 0, KindOfFigures = 1, KindOfSum = 2;

    public sealed override string Columns => """
        tenant_id text not null, id uuid not null, kind smallint not null, parent uuid, state text,
        measure text, dimension text, commodity text, on_date date, at timestamptz, last_at timestamptz, block bigint,
        count bigint, amount bigint, figures json
        """;

    public sealed override IReadOnlyList<string> Indexes =>
    [
        $"(tenant_id, measure, on_date, block) include (dimension, commodity, at, last_at, count, amount) where kind = {KindOfSum}",
        $"(tenant_id, block) where kind = {KindOfFigures}",
    ];

    /// <summary>What must be known to count this event; what that belongs to is known as well.</summary>
    public abstract IEnumerable<Guid> Needs(StoredEvent happened);

    /// <summary>What something belongs to.</summary>
    public abstract Guid? ParentOf(TState state);

    /// <summary>The figures of an event; the states are brought to what they are after it. Pure but for those.</summary>
    public abstract IEnumerable<Figure> Count(StoredEvent happened, IFigureStates<TState> states);

    /// <summary>The day that the figures of an event count for.</summary>
    public abstract LocalDate DayOf(StoredEvent happened, IFigureStates<TState> states);

    public abstract string Write(TState state);

    public abstract TState Read(string text);

    /// <remarks>How figures stand together in a row follows from when they were written: they are taken one event at a time.</remarks>
    internal sealed override string RowsOf(string table) => $"""
        select t.tenant_id, t.id, to_jsonb(t) as row from views.{table} t where kind <> {KindOfFigures}
        union all
        select t.tenant_id, md5('figures ' || (f.one ->> 'p'))::uuid, jsonb_build_object('kind', {KindOfFigures}, 'figures', jsonb_agg(f.one order by f.one::text))
        from views.{table} t cross join jsonb_array_elements(t.figures::jsonb) as f (one) where kind = {KindOfFigures} group by 1, 2
        """;

    internal sealed override ViewFold Fold() => new FigureFold<TState>(this);
}
