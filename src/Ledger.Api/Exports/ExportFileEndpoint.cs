using Ledger.Api.Audit;
using Ledger.Application.Exports;
using Ledger.Domain.Exports;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Exports;

internal static class ExportFileEndpoint
{
    private const string Csv = "text/csv", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void MapExportFile(this IEndpointRouteBuilder exports) => exports.MapGet("/{export_id:guid}/file", Download)
        .Is("downloadExport", "The file of an export, for whoever has its signed link.", Who.Public)
        .Produces<byte[]>(200, Csv, Xlsx).Rejects(ExportRejections.LinkExpired).ShowsPersonalData("export");

    private static async Task<IResult> Download(
        [FromRoute(Name = "export_id")] Guid exportId, string tenant, string expires, string signature, ExportLinks links, StateReader states, ExportParts parts,
        CancellationToken ct)
    {
        await links.Check(tenant, exportId, expires, signature, ct);
        return await states.Of<Export, ExportEvent>(tenant, new ExportId(exportId).Stream, ct) is Export.Known { Result: { } file } export
            ? new ExportFile(export, file, tenant, parts)
            : throw new ProblemException(Problem.Of(ExportRejections.LinkExpired));
    }

    /// <summary>The file, written part by part as it is read.</summary>
    private sealed class ExportFile(Export.Known export, ExportCompleted file, string tenant, ExportParts parts) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var (response, ct) = (httpContext.Response, httpContext.RequestAborted);
            await using var all = parts.Read(tenant, export.Id.Value, "file", ct).GetAsyncEnumerator(ct);
            if (!await all.MoveNextAsync()) throw new ProblemException(Problem.Of(ExportRejections.LinkExpired));
            var format = export.Requested.Format;
            response.ContentType = format is ExportFormat.Csv ? $"{Csv}; charset=utf-8" : Xlsx;
            response.ContentLength = file.Bytes;
            Attachment.Name(httpContext, $"{JsonNamed(export.Requested.Resource)}-{export.Requested.On:R}.{JsonNamed(format)}");
            do await response.BodyWriter.WriteAsync(all.Current, ct);
            while (await all.MoveNextAsync());
        }

        private static string JsonNamed<TEnum>(TEnum value) where TEnum : struct, Enum => EventStore.Events.EventTypes.SnakeCase(value.ToString());
    }
}
