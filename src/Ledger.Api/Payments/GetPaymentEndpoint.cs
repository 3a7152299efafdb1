using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Payments;

internal static class GetPaymentEndpoint
{
    public static void MapGetPayment(this IEndpointRouteBuilder payments) => payments
        .MapGet("/{payment_id:guid}", Get).Is("getPayment", "Read a payment, as it is now, or as it was at an instant.", Who.CustomerOwn)
        .Reads<PaymentResponse>().ReadsEarlier().Rejects(PaymentRejections.NotFound);

    private static async Task<IResult> Get(
        [FromRoute(Name = "payment_id")] Guid paymentId, Call call, HttpContext http, AsOf asOf)
    {
        var (state, version) = await http.Read<Payment, PaymentEvent>(call, new PaymentId(paymentId).Stream, asOf);
        return state is Payment.Known known
            ? new AnswerResult(Answer.Ok(PaymentResponse.From(known), version))
            : throw new ProblemException(Problem.Of(PaymentRejections.NotFound));
    }
}
