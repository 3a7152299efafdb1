using System.Globalization;
using Ledger.EventStore.Feed;
using Ledger.Projections.Reports;

namespace Ledger.Projections;

/// <summary>Pages of a view as it was: each row is made anew from the events of its stream that were true, and known, by then.</summary>
/// <remarks>
/// For views with one row for each stream, which stays once it is there. Nothing is stored for it. A page looks at a bounded number of rows; one that found
/// few among them is short, and has a cursor to go on with.
/// </remarks>
public sealed class EarlierListing(LedgerDatabase database, EventFeed feed, IReadOnlyList<View> views)
{
    private const int RowsAtOnce = 500, LooksMax = 10;

    /// <param name="filters">As for <see cref="Listing"/>.</param>
    public async Task<PageOf<TRow>> Read<TRow>(
        string tenant, string view, PageWanted page, IReadOnlyList<(string Condition, object? Value)> filters,
        Func<TRow, long> position, ReportTime time, CancellationToken ct) where TRow : class
    {
        var maker = (View<TRow>)views.Usual(view)!;
        var (rows, before) = (new List<TRow>(), page.After ?? long.MaxValue);
        for (var look = 0; look < LooksMax; look++)
        {
            var streams = await Streams(tenant, view, filters, before, time, ct);
            if (streams.Count == 0) return new(rows, HasMore: false, NextCursor: null, Total: null);
            rows.AddRange((await Matching(tenant, await Made(maker, tenant, streams, time, ct), filters, ct)).OrderByDescending(position));
            if (rows.Count > page.Limit) return Cut(rows, page, position(rows[page.Limit - 1]));
            before = streams[^1].Position;
            if (streams.Count < RowsAtOnce) return new(rows, HasMore: false, NextCursor: null, Total: null);
            if (rows.Count == page.Limit) break;
        }

        return Cut(rows, page, before);
    }

    private static PageOf<TRow> Cut<TRow>(List<TRow> rows, PageWanted page, long cursor) =>
        new(rows[..Math.Min(page.Limit, rows.Count)], HasMore: true, cursor.ToString(CultureInfo.InvariantCulture), Total: null);

    /// <summary>The next streams whose first event had happened, newest first; narrowed by what a row is born with.</summary>
    private Task<List<(Guid Id, long Position)>> Streams(
        string tenant, string view, IReadOnlyList<(string Condition, object? Value)> filters, long before, ReportTime time, CancellationToken ct)
    {
        var customer = filters.FirstOrDefault(one => one.Condition == "customer_id = {0}").Value;
        return database.QueryAsTenant(tenant, $"""
            select id, created_position from views.{view}
            where tenant_id = $1 and created_position < $2 and created_position <= $3 {(customer is null ? "" : "and customer_id = $6")}
                and ($5 is null or created_at <= $5 {(customer is null ? $"and created_position <= ({First(view)})" : "")})
            order by created_position desc limit $4
            """, [tenant, before, time.Position, RowsAtOnce, OrNull.Of(time.AsOf), .. customer is null ? (object[])[] : [customer]], row => (row.GetGuid(0), row.GetInt64(1)), ct);
    }

    /// <summary>Where the rows that were there begin: out of an index, as there may be many that came later.</summary>
    private static string First(string view) =>
        $"select created_position from views.{view} where tenant_id = $1 and created_position < $2 and created_at <= $5 order by created_position desc limit 1";

    private async Task<List<TRow>> Made<TRow>(
        View<TRow> view, string tenant, List<(Guid Id, long Position)> streams, ReportTime time, CancellationToken ct) where TRow : class
    {
        var rows = new Dictionary<Guid, TRow?>();
        foreach (var happened in await feed.OfStreams(tenant, [.. streams.Select(one => one.Id)], time.AsOf, time.Position, ct))
            foreach (var id in view.Touched(happened)) rows[id] = view.After(rows.GetValueOrDefault(id), id, happened);
        return [.. streams.Select(one => rows.GetValueOrDefault(one.Id)).OfType<TRow>()];
    }

    /// <summary>Those that the filters let through, by the same conditions as any other list.</summary>
    private async Task<List<TRow>> Matching<TRow>(
        string tenant, List<TRow> rows, IReadOnlyList<(string Condition, object? Value)> filters, CancellationToken ct) where TRow : class
    {
        var asked = filters.Where(one => one.Value is not null && !one.Condition.StartsWith(Listing.Order, StringComparison.Ordinal)).ToList();   // Where they are now says nothing of then.
        if (rows.Count == 0 || asked.Count == 0) return rows;
        var (values, columns) = ViewRows<TRow>.Arrays(rows);
        var where = string.Join(" and ", asked.Select((one, i) => string.Format(CultureInfo.InvariantCulture, one.Condition, $"${values.Count + i + 1}")));
        return await database.QueryAsTenant(tenant, $"""
            select {ViewRows<TRow>.Columns} from unnest({string.Join(", ", values.Select((_, i) => $"${i + 1}"))}) as t ({columns}) where {where}
            """, [.. values, .. asked.Select(one => one.Value!)], ViewRows<TRow>.Read, ct);
    }
}
