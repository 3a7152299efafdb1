using Ledger.Domain.Tenancy;
using Ledger.Gateways.Sandbox;

namespace Ledger.Api.Testing;

internal static class SandboxFaultEndpoints
{
    public static void MapSandboxFaults(this IEndpointRouteBuilder api)
    {
        var faults = api.MapGroup("/testing/sandbox-faults").WithTags("Testing");
        _ = faults.MapPut("/", Set).Is("setSandboxFault", "Let the sandbox provider be slow, or time out before or after charging.", Who.Admin)
            .Takes<Request>().Produces(204).Rejects(Domain.Billing.ClockRejections.NotSandbox);
        _ = faults.MapDelete("/", Clear).Is("clearSandboxFaults", "Let the sandbox provider answer as it should.", Who.Admin).Produces(204);
    }

    private static async Task<IResult> Set(Body<Request> body, Call call, SandboxProvider sandbox, CancellationToken ct)
    {
        if (call.Caller.Tenant.Mode is not TenantMode.Sandbox) throw new ProblemException(Problem.Of(Domain.Billing.ClockRejections.NotSandbox));
        new Check().And(body.Value.Times is null or (>= 1 and <= 1_000_000), "/times", "out_of_range", "From 1 to 1,000,000.")
            .And(body.Value.DelayMs is >= 0 and <= 60_000, "/delay_ms", "out_of_range", "From 0 to 60,000.").OrRefuse();
        await sandbox.SetFault(call.Tenant, new(body.Value.Mode, body.Value.Times, TimeSpan.FromMilliseconds(body.Value.DelayMs)), ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Clear(Call call, SandboxProvider sandbox, CancellationToken ct)
    {
        await sandbox.ClearFaults(call.Tenant, ct);
        return TypedResults.NoContent();
    }

    /// <param name="Times">For how many charges; absent for all to come.</param>
    /// <param name="DelayMs">Milliseconds, for slow.</param>
    internal sealed record Request(SandboxFaultMode Mode, int? Times = null, int DelayMs = 0);
}
