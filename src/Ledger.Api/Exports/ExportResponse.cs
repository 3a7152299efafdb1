using Ledger.Domain.Exports;
using Ledger.Projections;
using Ledger.Projections.Exports;

namespace Ledger.Api.Exports;

/// <summary>An export on the wire.</summary>
/// <param name="Status">queued, running, completed or failed.</param>
/// <param name="Rows">While it runs, those written so far.</param>
/// <param name="ExpiresAt">When the file is gone.</param>
/// <param name="DownloadUrl">A signed link to the file, good for an hour; only where one export is read.</param>
public sealed record ExportResponse(
    ExportId Id, ExportResource Resource, ExportFormat Format, ExportFilter? Filter, string Status, LocalDate RequestedOn, long? Rows, long? Bytes,
    Instant? ExpiresAt, string? DownloadUrl, string? FailureCode)
{
    /// <param name="running">How many rows were written so far; null before the first.</param>
    internal static ExportResponse From(Export.Known known, long? running, string? link) => new(
        known.Id, known.Requested.Resource, known.Requested.Format, known.Requested.Filter,
        known.Status switch { ExportStatus.Queued => running is null ? "queued" : "running", ExportStatus.Completed => "completed", _ => "failed" },
        known.Requested.On, known.Result?.Rows ?? running, known.Result?.Bytes, known.Result?.ExpiresAt, link, known.FailureCode);

    internal static ExportResponse From(ExportRow row, long? running) => new(
        new(row.Id), Enum.Parse<ExportResource>(row.Resource, ignoreCase: true), Enum.Parse<ExportFormat>(row.Format, ignoreCase: true),
        Json.To<ExportFilter>(row.Filter), row.Status == "queued" && running is not null ? "running" : row.Status, row.RequestedOn, row.Rows ?? running, row.Bytes,
        row.ExpiresAt, null, row.FailureCode);
}
