using Ledger.Application.Billing;
using Ledger.Domain.Billing;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Billing;

internal static class BillingRunEndpoints
{
    public static void MapBillingRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/billing-runs").WithTags("Billing");
        _ = runs.MapPost("/", Run).Is("runBilling", "Do all that is due up to a day: bill, charge, chase, end. Each period is billed once, however often this is called.", Who.Admin)
            .Takes<Request>().Produces<BillingRunResponse>().Produces<BillingRunResponse>(202).Rejects(BillingRunRejections.DateInFuture, ClockRejections.TooFar);
        _ = runs.MapGet("/{billing_run_id:guid}", Get).Is("getBillingRun", "Read what a billing run has come to.", Who.Admin)
            .Produces<BillingRunResponse>().Rejects(BillingRunRejections.NotFound);
    }

    private static async Task<IResult> Run(
        Body<Request> body, Call call, BillingRunStart start, StateReader states, Waiting waiting, CancellationToken ct)
    {
        var (id, rejection) = await start.Request(call.Caller.Tenant, body.Value.AsOfDate, call.Context, ct);
        if (rejection is not null) throw new ProblemException(Problem.Of(rejection));
        var done = await waiting.For(async () => await Find(id, call, states, ct) is ({ Result: not null } run, var version) ? Tuple.Create(run, version) : null, ct);
        if (done is not null) return new AnswerResult(Answer.Ok(BillingRunResponse.From(done.Item1), done.Item2));

        var (running, _) = await Find(id, call, states, ct);
        return new AnswerResult(Answer.Accepted($"/api/v1/billing-runs/{id.Value}", BillingRunResponse.From(running)));
    }

    private static async Task<IResult> Get([FromRoute(Name = "billing_run_id")] Guid billingRunId, Call call, StateReader states, CancellationToken ct)
    {
        var (run, version) = await Find(new(billingRunId), call, states, ct);
        return new AnswerResult(Answer.Ok(BillingRunResponse.From(run), version));
    }

    private static async Task<(BillingRun.Known Run, long Version)> Find(BillingRunId id, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<BillingRun, BillingRunEvent>(call.Tenant, id.Stream, ct) is (BillingRun.Known run, var version)
            ? (run, version)
            : throw new ProblemException(Problem.Of(BillingRunRejections.NotFound));

    /// <param name="AsOfDate">Absent for today, in the tenant's zone. A later day moves a sandbox tenant's clock there.</param>
    internal sealed record Request(LocalDate? AsOfDate = null);
}
