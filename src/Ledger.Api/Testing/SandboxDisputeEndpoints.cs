using Ledger.Api.InboundWebhooks;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Testing;

internal static class SandboxDisputeEndpoints
{
    public static void MapSandboxDisputes(this IEndpointRouteBuilder api) => api
        .MapPost("/testing/sandbox-disputes", Tell).WithTags("Testing")
        .Is("tellSandboxDispute", "Let the card's holder dispute a payment at the sandbox provider, or let that dispute be won or lost.", Who.Admin)
        .Takes<Request>().Produces(202).Rejects(Domain.Billing.ClockRejections.NotSandbox, PaymentRejections.NotFound);

    private static async Task<IResult> Tell(Body<Request> body, Call call, StateReader states, SandboxWebhooks webhooks, CancellationToken ct)
    {
        if (call.Caller.Tenant.Mode is not TenantMode.Sandbox) throw new ProblemException(Problem.Of(Domain.Billing.ClockRejections.NotSandbox));
        if (await states.Of<Payment, PaymentEvent>(call.Tenant, body.Value.PaymentId.Stream, ct) is not Payment.Known payment)
            throw new ProblemException(Problem.Of(PaymentRejections.NotFound));
        var (type, status) = body.Value.Becomes switch
        {
            DisputeTold.Won => ("charge.dispute.closed", "won"),
            DisputeTold.Lost => ("charge.dispute.closed", "lost"),
            _ => ("charge.dispute.created", "needs_response"),
        };
        var subject = new
        {
            id = $"sbx_dp_{payment.Id.Value:N}", @object = "dispute", charge = payment.ProviderReference, amount = payment.Captured.Amount,
            currency = payment.Amount.Currency.Code.ToLowerInvariant(), reason = "fraudulent", status, metadata = new { payment_id = payment.Id.Value.ToString() },
        };
        _ = await webhooks.Post(call.Caller.Tenant.Id, $"sbx_evt_{status}_{payment.Id.Value:N}", type, subject, ct);
        return TypedResults.StatusCode(202);
    }

    internal sealed record Request(PaymentId PaymentId, DisputeTold Becomes = DisputeTold.Open);
}

public enum DisputeTold { Open, Won, Lost }
