using System.Globalization;
using Ledger.Projections.Reports;

namespace Ledger.Projections;

/// <summary>A page of a view, newest first, in an order that stays while rows are added.</summary>
/// <param name="After">The cursor of the last row seen: the position of the event that made it; null for the first page.</param>
/// <param name="Offset">Rows to skip; 0 with a cursor.</param>
/// <param name="WithTotal">Whether to count all rows.</param>
public sealed record PageWanted(int Limit, long? After, int Offset, bool WithTotal);

/// <param name="NextCursor">Null on the last page.</param>
public sealed record PageOf<TRow>(IReadOnlyList<TRow> Rows, bool HasMore, string? NextCursor, long? Total);

/// <summary>Reads pages of views whose rows have a <c>created_position</c>.</summary>
/// <param name="earlier">For pages as of another time.</param>
public sealed class Listing(LedgerDatabase database, EarlierListing? earlier = null)
{
    /// <summary>The column that rows are in the order of.</summary>
    public const string Order = "created_position";

    /// <param name="filters">SQL conditions with <c>{0}</c> for their value; those whose value is null are left out.</param>
    public Task<PageOf<TRow>> Read<TRow>(
        string tenant, string view, PageWanted page, IReadOnlyList<(string Condition, object? Value)> filters,
        Func<TRow, long> position, CancellationToken ct) where TRow : class =>
        Read("ledger_reader", tenant, view, page, [("tenant_id = {0}", tenant), .. filters], position, ct);

    /// <summary>The same, as it was; for views with one row for each stream.</summary>
    public Task<PageOf<TRow>> Read<TRow>(
        string tenant, string view, PageWanted page, IReadOnlyList<(string Condition, object? Value)> filters,
        Func<TRow, long> position, ReportTime time, CancellationToken ct) where TRow : class => time == ReportTime.Latest
            ? Read(tenant, view, page, filters, position, ct)
            : earlier!.Read(tenant, view, page, filters, position, time, ct);

    /// <summary>The rows of every tenant: for those who look after tenants.</summary>
    public Task<PageOf<TRow>> ReadOfAll<TRow>(string view, PageWanted page, Func<TRow, long> position, CancellationToken ct) where TRow : class =>
        Read("ledger_worker", "", view, page, [], position, ct);

    private async Task<PageOf<TRow>> Read<TRow>(
        string role, string tenant, string view, PageWanted page, IReadOnlyList<(string Condition, object? Value)> filters,
        Func<TRow, long> position, CancellationToken ct) where TRow : class
    {
        var values = new List<object?>();
        var where = "true";
        foreach (var (condition, value) in filters.Where(one => one.Value is not null))
        {
            values.Add(value);
            where += " and " + string.Format(CultureInfo.InvariantCulture, condition, $"${values.Count}");
        }

        var total = page.WithTotal
            ? (await database.QueryAs(role, tenant, $"select count(*) from views.{view} where {where}", values, row => row.GetInt64(0), ct))[0]
            : (long?)null;

        if (page.After is { } after)
        {
            values.Add(after);
            where += $" and created_position < ${values.Count}";
        }

        values.Add(page.Limit + 1);
        values.Add(page.Offset);
        var rows = await database.QueryAs(role, tenant, $"""
            select {ViewRows<TRow>.Columns} from views.{view} where {where}
            order by created_position desc limit ${values.Count - 1} offset ${values.Count}
            """, values, ViewRows<TRow>.Read, ct);
        var hasMore = rows.Count > page.Limit;
        if (hasMore) rows.RemoveAt(rows.Count - 1);
        return new(rows, hasMore, hasMore ? position(rows[^1]).ToString(CultureInfo.InvariantCulture) : null, total);
    }

    public async Task<TRow?> Find<TRow>(string tenant, string view, Guid id, CancellationToken ct) where TRow : class =>
        (await database.QueryAsTenant(
            tenant, $"select {ViewRows<TRow>.Columns} from views.{view} where tenant_id = $1 and id = $2", [tenant, id], ViewRows<TRow>.Read, ct))
        .FirstOrDefault();
}
