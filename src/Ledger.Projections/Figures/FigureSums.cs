namespace Ledger.Projections.Figures;

/// <summary>What of the figures is asked for.</summary>
/// <param name="From">The first instant that counts; null for all before.</param>
/// <param name="Until">The first instant that counts no more; null for all there is.</param>
/// <param name="Position">What is in the log up to here counts.</param>
public sealed record FigureSpan(Instant? From, Instant? Until, long Position);

/// <param name="On">The first day of the bucket; null where all days are together.</param>
public sealed record FigureSum(string Measure, string Dimension, string Commodity, LocalDate? On, long Count, long Amount);

public enum Bucket { All, Day, Month }

/// <summary>Sums of what the reports count: of any span of time, as known at any position of the log, to the event.</summary>
/// <remarks>
/// Whole stretches come from kept sums. Only stretches that the span cuts, by time or by position, are added up figure by figure.
/// </remarks>
public sealed class FigureSums(LedgerDatabase database)
{
    /// <param name="dimensions">From one dimension to another, both included; null for all.</param>
    public Task<List<FigureSum>> Of(
        string tenant, IReadOnlyCollection<string> measures, FigureSpan span, Bucket bucket, (string First, string Last)? dimensions, CancellationToken ct) =>
        database.QueryAsTenant(tenant, Sql(bucket), Values([tenant], measures, span, dimensions), Read, ct);

    /// <summary>Of several tenants together: for those who look after them.</summary>
    public Task<List<FigureSum>> Together(IReadOnlyCollection<string> tenants, IReadOnlyCollection<string> measures, FigureSpan span, CancellationToken ct) =>
        database.QueryAsWorker(Sql(Bucket.All), Values(tenants, measures, span, null), Read, ct);

    private static string Sql(Bucket bucket) => $"""
        with cells as (
            select tenant_id, measure, dimension, commodity, on_date, block, count, amount,
                block < $5 / $6 and at >= $3 and last_at < $4 as is_whole
            from views.{LedgerFigures.View}
            where kind = {LedgerFigures.KindOfSum} and tenant_id = any($1) and measure = any($2) and on_date >= $7 and on_date <= $8
                and at < $4 and last_at >= $3 and block <= $5 / $6
                and ($9::text is null or dimension collate "C" between $9 and $10)
        ),
        counted as (
            select measure, dimension, commodity, on_date, count, amount from cells where is_whole
            union all
            select f.m, f.d, f.c, f.o, f.n, f.v
            from (select distinct tenant_id, block from cells where not is_whole) b
            join views.{LedgerFigures.View} r on r.kind = {LedgerFigures.KindOfFigures} and r.tenant_id = b.tenant_id and r.block = b.block
            cross join lateral json_to_recordset(r.figures) as f ({LedgerFigures.FigureColumns})
            join cells c on not c.is_whole and c.tenant_id = b.tenant_id and c.block = b.block
                and c.measure = f.m and c.dimension = f.d and c.commodity = f.c and c.on_date = f.o
            where f.a >= $3 and f.a < $4 and f.p <= $5
        )
        select measure, dimension, commodity, {BucketOf(bucket)}, sum(count)::bigint, sum(amount)::bigint
        from counted group by 1, 2, 3, 4 having sum(count) <> 0 or sum(amount) <> 0
        order by 4, 1, dimension collate "C", 3
        """;

    private static object[] Values(
        IReadOnlyCollection<string> tenants, IReadOnlyCollection<string> measures, FigureSpan span, (string First, string Last)? dimensions) =>
    [
        tenants.ToArray(), measures.ToArray(), span.From ?? Earliest, span.Until ?? Latest, span.Position, LedgerFigures.BlockSize,
        DayOf(span.From ?? Earliest).PlusDays(-1), DayOf(span.Until ?? Latest).PlusDays(1), OrNull.Of(dimensions?.First), OrNull.Of(dimensions?.Last),
    ];

    private static FigureSum Read(Npgsql.NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetLocalDateOrNull(3), row.GetInt64(4), row.GetInt64(5));

    private static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0), Latest = Instant.FromUtc(9000, 1, 1, 0, 0);

    private static LocalDate DayOf(Instant instant) => instant.InUtc().Date;

    private static string BucketOf(Bucket bucket) => bucket switch
    {
        Bucket.Day => "on_date",
        Bucket.Month => "date_trunc('month', on_date)::date",
        _ => "null::date",
    };
}
