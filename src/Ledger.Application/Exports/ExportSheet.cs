using Ledger.Domain.Exports;
using Ledger.Projections;

namespace Ledger.Application.Exports;

/// <summary>What of a resource is exported, column by column.</summary>
internal abstract class ExportSheet
{
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The next rows, newest first.</summary>
    /// <param name="after">Where the page before ended; null for the first.</param>
    public abstract Task<ExportPage> Page(string tenant, ExportFilter filter, long? after, int rowsMax, CancellationToken ct);
}

/// <param name="Next">Where the next page goes on; null when this is the last.</param>
internal sealed record ExportPage(IReadOnlyList<Cell[]> Rows, long? Next);

/// <summary>A sheet of the rows of a view.</summary>
internal class ExportSheet<TRow>(
    Listing listing, string view, Func<TRow, long> position, Func<ExportFilter, IReadOnlyList<(string Condition, object? Value)>> narrowed,
    params (string Name, Func<TRow, Cell> Of)[] columns) : ExportSheet where TRow : class
{
    public override IReadOnlyList<string> Names { get; } = [.. columns.Select(column => column.Name)];

    public override async Task<ExportPage> Page(string tenant, ExportFilter filter, long? after, int rowsMax, CancellationToken ct)
    {
        var page = await listing.Read(tenant, view, new(rowsMax, after, Offset: 0, WithTotal: false), narrowed(filter), position, ct);
        return new(await Cells(tenant, page.Rows, ct), page.HasMore ? position(page.Rows[^1]) : null);
    }

    /// <summary>The cells of each row.</summary>
    protected virtual Task<IReadOnlyList<Cell[]>> Cells(string tenant, IReadOnlyList<TRow> rows, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<Cell[]>>([.. rows.Select(row => Array.ConvertAll(columns, column => column.Of(row)))]);
}
