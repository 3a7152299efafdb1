using Ledger.Domain.People;
using Ledger.Domain.Refunds;
using Ledger.Projections;
using Ledger.Projections.Refunds;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Refunds;

internal static class RefundEndpoints
{
    public static void MapRefunds(this IEndpointRouteBuilder api)
    {
        var refunds = api.MapGroup("/refunds").WithTags("Refunds");
        refunds.MapCreateRefund();
        api.MapRefundBatches();
        _ = refunds.MapGet("/", List).Is("listRefunds", "List refunds, newest first; by customer_id, payment_id or status.", Who.CustomerOwn).Lists<RefundResponse>().ReadsEarlier();
        _ = refunds.MapGet("/{refund_id:guid}", Get).Is("getRefund", "Read a refund, as it is now, or as it was at an instant.", Who.CustomerOwn)
            .Reads<RefundResponse>().ReadsEarlier().Rejects(RefundRejections.NotFound);
        _ = refunds.MapPost("/{refund_id:guid}/approve", Approve)
            .Is("approveRefund", "Let a refund be made that somebody else has asked for.", Who.Staff, Permission.ApproveRefunds)
            .Takes<Nothing>().Produces<RefundResponse>().Produces<RefundResponse>(202)
            .Rejects(RefundRejections.NotFound, RefundRejections.OwnRequest, RefundRejections.Decided, RefundRejections.NotCovered,
                Domain.Classes.ClassCreditRejections.InUse);
        _ = refunds.MapPost("/{refund_id:guid}/reject", Reject).Is("rejectRefund", "Turn a refund down.", Who.Staff, Permission.ApproveRefunds)
            .Takes<Reason>().Produces<RefundResponse>().Rejects(RefundRejections.NotFound, RefundRejections.Decided);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, AsOf asOf, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<RefundRow>(call.Tenant, "refunds", page.Wanted,
            [
                ("customer_id = {0}", call.Only(Filter.Id(http, "customer_id"))), ("payment_id = {0}", Filter.Id(http, "payment_id")),
                ("status = {0}", Filter.Word<RefundStatus>(http, "status")),
            ], row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, RefundResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "refund_id")] Guid refundId, Call call, HttpContext http, AsOf asOf) =>
        await http.Read<Refund, RefundEvent>(call, new RefundId(refundId).Stream, asOf) is (Refund.Known refund, var version)
            ? new AnswerResult(Answer.Ok(RefundResponse.From(refund), version))
            : throw new ProblemException(Problem.Of(RefundRejections.NotFound));

    private static Task<IResult> Approve(
        [FromRoute(Name = "refund_id")] Guid refundId, Body<Nothing> _, Call call, Refunding refunding, CancellationToken ct) =>
        refunding.Approve(call, new(new(refundId), call.Caller.Id.ToString(), call.Caller.Role is CallerRole.Admin, call.Today), ct);

    private static Task<IResult> Reject([FromRoute(Name = "refund_id")] Guid refundId, Body<Reason> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Text, "/reason", 500).OrRefuse();
        return call.Run(new RejectRefund(new(refundId), call.Caller.Id.ToString(), body.Value.Text, call.Today), outcome =>
        {
            var (refund, version) = outcome.Of<Refund>(new RefundId(refundId).Stream);
            return Answer.Ok(RefundResponse.From((Refund.Known)refund), version);
        }, ct);
    }

    internal sealed record Nothing;

    internal sealed record Reason([property: System.Text.Json.Serialization.JsonPropertyName("reason")] string? Text = null);
}
