using System.Globalization;
using System.Reflection;
using System.Text;
using Ledger.Projections;

namespace Ledger.Api.Paging;

/// <summary>Which page of a list is asked for: <c>limit</c>, <c>after</c> or <c>offset</c>, <c>include=total</c>.</summary>
public sealed record Page(PageWanted Wanted)
{
    private const int LimitDefault = 50, LimitMax = 200, OffsetMax = 10_000;

    public static ValueTask<Page> BindAsync(HttpContext http, ParameterInfo _)
    {
        var query = http.Request.Query;
        var limit = Number(query["limit"], LimitDefault);
        var offset = Number(query["offset"], 0);
        var after = query["after"].ToString();
        var cursor = after.Length == 0 ? (long?)null : Decode(after);
        Check.That(limit is >= 1 and <= LimitMax, "limit", "out_of_range", $"From 1 to {LimitMax}.")
            .And(offset is >= 0 and <= OffsetMax, "offset", "out_of_range", $"From 0 to {OffsetMax}; use a cursor to go further.")
            .And(cursor is null || offset == 0, "offset", "conflicting", "Either a cursor or an offset.")
            .And(after.Length == 0 || cursor is not null, "after", "not_a_cursor", "Not a cursor of this API.")
            .And(query["include"].ToString() is "" or "total", "include", "unknown", "Only 'total' can be included.")
            .OrRefuse();
        return ValueTask.FromResult(new Page(new PageWanted(limit!.Value, cursor, offset!.Value, query["include"] == "total")));
    }

    internal ListOf<TItem> Answer<TRow, TItem>(PageOf<TRow> page, Func<TRow, TItem> item) => new(
        [.. page.Rows.Select(item)],
        new(Wanted.Limit, page.HasMore, page.NextCursor is { } next ? Encode(next) : null, page.Total));

    /// <summary>A page of a list that is at hand, in its own order.</summary>
    internal ListOf<TItem> Slice<TRow, TItem>(IReadOnlyList<TRow> all, Func<TRow, TItem> item)
    {
        var start = (int)Math.Min(all.Count, (Wanted.After ?? 0) + Wanted.Offset);
        var rows = all.Skip(start).Take(Wanted.Limit).ToList();
        var end = start + rows.Count;
        return Answer(new PageOf<TRow>(rows, end < all.Count, end < all.Count ? end.ToString(CultureInfo.InvariantCulture) : null, Wanted.WithTotal ? all.Count : null), item);
    }

    private static int? Number(string? text, int standard) => string.IsNullOrEmpty(text) ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Encode(string position) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"p{position}")).TrimEnd('=');

    private static long? Decode(string cursor)
    {
        Span<byte> bytes = stackalloc byte[64];
        if (cursor.Length > 60 || !Convert.TryFromBase64String(cursor + new string('=', (4 - cursor.Length % 4) % 4), bytes, out var length)) return null;
        var text = Encoding.ASCII.GetString(bytes[..length]);
        return text.StartsWith('p') && long.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
    }
}

/// <summary>A page of a list, newest first.</summary>
public sealed record ListOf<TItem>(IReadOnlyList<TItem> Data, PageInfo Page);

/// <param name="NextCursor">For <c>after</c>; absent on the last page.</param>
/// <param name="Total">Only with <c>include=total</c>.</param>
public sealed record PageInfo(int Limit, bool HasMore, string? NextCursor = null, long? Total = null);
