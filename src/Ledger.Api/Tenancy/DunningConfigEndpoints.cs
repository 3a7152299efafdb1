using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class DunningConfigEndpoints
{
    public static void MapDunningConfig(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapGet("/{tenant_id}/dunning-config", Get).Is("getDunningConfig", "How failed payments are chased.", Who.Admin)
            .Reads<DunningResponse>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapPatch("/{tenant_id}/dunning-config", Change)
            .Is("updateDunningConfig", "Change how failed payments are chased from now on; a chase that has begun keeps its terms.", Who.Admin)
            .Takes<Request>().Produces<DunningResponse>().Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> Get([FromRoute(Name = "tenant_id")] string tenantId, Call call, StateReader states, CancellationToken ct)
    {
        var (state, version) = await states.WithVersion<Tenant, TenantEvent>(call.Tenant, TenantPath.Resolve(tenantId, call).Id.Stream, ct);
        return new AnswerResult(Answer.Ok(DunningResponse.From(((Tenant.Known)state).Dunning), version));
    }

    private static async Task<IResult> Change([FromRoute(Name = "tenant_id")] string tenantId, Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check()
            .And(request.DunningSettlingAttempts is null or (>= 1 and <= DunningSettings.AttemptsMax), "/dunning_settling_attempts", "out_of_range", "From 1 to 60.")
            .And(request.FailedPaymentCancelledDays is null or (>= 1 and <= DunningSettings.DaysMax), "/failed_payment_cancelled_days", "out_of_range", "From 1 to 365.")
            .And(request.RetryWaits is null or { Count: <= DunningSettings.WaitsMax }, "/retry_waits", "out_of_range", "At most 60 waits; none for one attempt a day.")
            .And(request.RetryWaits is null || request.RetryWaits.All(days => days is >= 1 and <= DunningSettings.WaitDaysMax), "/retry_waits", "out_of_range", "Each wait from 1 to 90 days.")
            .And(request.GraceDays is null or (>= 0 and <= DunningSettings.DaysMax), "/grace_days", "out_of_range", "From 0 to 365.").OrRefuse();
        var command = new ChangeDunningConfig(
            TenantPath.Resolve(tenantId, call).Id, request.DunningSettlingAttempts, request.FailedPaymentCancelledDays, request.RetryWaits,
            request.GraceDays, request.RetryHardDeclines);
        return await call.Run(command, outcome => Answer.Ok(DunningResponse.From(((Tenant.Known)outcome.State).Dunning), outcome.Version), ct);
    }

    /// <param name="RetryWaits">Days from each attempt to the next; empty for one attempt a day.</param>
    /// <param name="GraceDays">0 for none.</param>
    internal sealed record Request(
        int? DunningSettlingAttempts = null, int? FailedPaymentCancelledDays = null, IReadOnlyList<int>? RetryWaits = null,
        int? GraceDays = null, bool? RetryHardDeclines = null);
}
