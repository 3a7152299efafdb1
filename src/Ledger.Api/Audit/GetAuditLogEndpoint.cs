using Ledger.EventStore.Audit;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Audit;

internal static class GetAuditLogEndpoint
{
    public static void MapGetAuditLog(this IEndpointRouteBuilder logs) => logs
        .MapGet("/{audit_log_id:guid}", Get).Is("getAuditLog", "One entry of the audit trail, with what it changed however long the history.", Who.Admin)
        .Produces<AuditEntry>().ProducesProblem(404);

    private static async Task<IResult> Get(
        [FromRoute(Name = "audit_log_id")] Guid auditLogId, Call call, TrailReader trail, EventById byId, CancellationToken ct) =>
        await trail.Find(call.Tenant, auditLogId, byId, ct) is { } entry
            ? TypedResults.Json(entry, LedgerJson.Options)
            : throw new ProblemException(Problem.NotFound with { Detail = "No entry of the audit trail has this id." });
}
