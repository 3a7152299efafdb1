using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Payments;

internal static class GetPaymentEndpoint
{
    public static void MapGetPayment(this IEndpointRouteBuilder payments) => payments
        .MapGet("/{payment_id:guid}", Get).Is("getPayment", "Read a payment, as it is now, or as it was at an instant.", Who.CustomerOwn)
        .Reads<PaymentResponse>().Rejects(PaymentRejections.NotFound);

    private static async Task<IResult> Get(
        [FromRoute(Name = "payment_id")] Guid id, Call call, StateReader states, StreamLoader loader, AsOf asOf, CancellationToken ct)
    {
        var (state, version) = asOf.Instant is { } at
            ? await loader.LoadAsOf<Payment, PaymentEvent>(call.Tenant, new PaymentId(id).Stream, at, ct)
            : await states.WithVersion<Payment, PaymentEvent>(call.Tenant, new PaymentId(id).Stream, ct);
        return state is Payment.Known known
            ? new AnswerResult(Answer.Ok(PaymentResponse.From(known), version))
            : throw new ProblemException(Problem.Of(PaymentRejections.NotFound));
    }
}
