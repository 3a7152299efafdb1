using Ledger.Api.Audit;
using Ledger.Application.Exports;
using Ledger.Domain.Exports;
using Ledger.Projections;
using Ledger.Projections.Exports;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Exports;

internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder api)
    {
        var exports = api.MapGroup("/exports").WithTags("Exports");
        _ = exports.MapPost("/", Create).Is("createExport", "Have a file written of customers, subscriptions, orders, invoices or payments, narrowed as their lists are.", Who.Staff)
            .Takes<ExportRequest>().Produces<ExportResponse>(202).Keyed();
        _ = exports.MapGet("/", List).Is("listExports", "List exports, newest first.", Who.Staff).Lists<ExportResponse>();
        _ = exports.MapGet("/{export_id:guid}", Get).Is("getExport", "How an export stands; with a link to its file, once it is there, that is good for an hour.", Who.Staff)
            .Reads<ExportResponse>().Rejects(ExportRejections.NotFound).ShowsPersonalData("export");
        exports.MapExportFile();
        exports.MapPaymentHistory();
    }

    private static async Task<IResult> Create(Body<ExportRequest> body, Call call, CancellationToken ct)
    {
        body.Value.OrRefuse();
        var command = new RequestExport(new(Guid.CreateVersion7()), body.Value.Resource!.Value, body.Value.Format, body.Value.Filter, call.Today);
        return await call.Run(command, outcome => Answer.Accepted($"/api/v1/exports/{command.Id.Value}", ExportResponse.From((Export.Known)outcome.State, null, null)), ct);
    }

    private static async Task<IResult> List(Call call, Page page, Listing listing, ExportParts parts, CancellationToken ct)
    {
        var found = await listing.Read<ExportRow>(call.Tenant, "exports", page.Wanted, [], row => row.CreatedPosition, ct);
        var running = await parts.Progress(call.Tenant, [.. found.Rows.Where(row => row.Status == "queued").Select(row => row.Id)], ct);
        return TypedResults.Json(page.Answer(found, row => ExportResponse.From(row, running.TryGetValue(row.Id, out var rows) ? rows : null)), LedgerJson.Options);
    }

    private static async Task<IResult> Get(
        [FromRoute(Name = "export_id")] Guid exportId, Call call, StateReader states, ExportParts parts, ExportLinks links, CancellationToken ct)
    {
        if (await states.WithVersion<Export, ExportEvent>(call.Tenant, new ExportId(exportId).Stream, ct) is not (Export.Known export, var version))
            throw new ProblemException(Problem.Of(ExportRejections.NotFound));
        long? running = export.Status is ExportStatus.Queued && (await parts.Progress(call.Tenant, [exportId], ct)).TryGetValue(exportId, out var rows) ? rows : null;
        return new AnswerResult(Answer.Ok(ExportResponse.From(export, running, await links.To(export, call.Tenant, ct)), version));
    }
}
