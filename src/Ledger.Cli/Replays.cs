using System.Text;
using Ledger.Application.Exports;
using Ledger.Projections.Reports;

namespace Ledger.Cli;

/// <summary>What <c>ledger replay</c> makes.</summary>
internal static class Replays
{
    /// <returns>Where the view stands now, in a line.</returns>
    public static Task<string> Table(OpenLedger ledger, View view, long? until, IProgress<Done> progress, CancellationToken ct) => AskedView.Try(async () =>
    {
        var rebuild = ledger.Get<ViewRebuild>();
        var table = until is { } position
            ? await rebuild.Until(view, position, new Relayed(progress), ct)
            : await rebuild.Beside(view, new Relayed(progress), ct);
        var rows = await RebuildCommand.Count(ledger, table, ct);
        return until is null
            ? $"views.{table} stands beside {view.Name}, with {rows:N0} rows. `ledger compare {view.Name}`, then `ledger switch {view.Name}` or `ledger drop {view.Name}`."
            : $"views.{table} has {view.Name} as of position {until}, with {rows:N0} rows. `ledger drop {view.Name}` drops it.";
    });

    /// <summary>Writes the rows in the order of their keys; the table that they were made in goes.</summary>
    /// <param name="tenant">Whose rows, by id or name; null for every tenant's.</param>
    public static Task Csv(OpenLedger ledger, View view, long? until, string? tenant, Stream output, IProgress<Done> progress, CancellationToken ct) => AskedView.Try(async () =>
    {
        var whose = tenant is null ? null : (await ledger.Tenant(tenant, "replay", ct)).Context.Tenant;
        var position = until ?? await ledger.Get<EventFeed>().Head(ct);
        await ledger.Get<ViewRebuild>().ReadUntil(view, position, whose, new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true), new Relayed(progress), ct);
    });

    /// <summary>Writes a report as it was known at a position; as it is known now without one.</summary>
    public static async Task Report(
        OpenLedger ledger, ReportKind report, string tenant, long? until, LocalDate? from, LocalDate? to, Stream output, CancellationToken ct)
    {
        var (of, context) = await ledger.Tenant(tenant, "replay", ct);
        await ledger.CatchUp(ct);
        var answer = await report.Read(ledger.Parts, new(context.Tenant, await Period(ledger, of, context, until, from, to, ct)), ct);
        var (columns, rows) = ReportTable.Of(answer is ITabularReport table ? table.Rows : [answer]);
        await output.WriteAsync(CsvRows.Write(columns, rows.Select(row => row.Select(cell => SpreadsheetText.Safe(cell ?? "")))), ct);
    }

    private static async Task<ReportPeriod> Period(
        OpenLedger ledger, Tenant.Known tenant, CommandContext context, long? until, LocalDate? from, LocalDate? to, CancellationToken ct)
    {
        var now = until is { } position ? await LastBy(ledger, context.Tenant, position, ct) ?? context.At : context.At;
        var last = to ?? (from > tenant.DateOf(now) ? from.Value : tenant.DateOf(now));
        var first = from ?? new LocalDate(last.Year, last.Month, 1);
        if (first > last) throw new WrongArgumentsException("--from is not to be after --to.");
        return new(first, last, tenant.Zone, until is { } known ? new ReportTime(null, known) : ReportTime.Latest, now);
    }

    /// <summary>The instant, by the tenant's clock, of the last that had happened to it by a position.</summary>
    private static async Task<Instant?> LastBy(OpenLedger ledger, string tenant, long position, CancellationToken ct) =>
        (await ledger.Get<LedgerDatabase>().QueryAsTenant(tenant, """
            select effective_at from ledger.event_index where tenant_id = $1 and position <= $2 order by position desc limit 1
            """, [tenant, position], row => row.GetInstantOrNull(0), ct)).FirstOrDefault();
}
