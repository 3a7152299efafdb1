using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Payments;

/// <summary>Money that is held: take it, or let it go.</summary>
internal static class HeldPaymentEndpoints
{
    public static void MapHeldPayments(this IEndpointRouteBuilder payments)
    {
        _ = payments.MapPost("/{payment_id:guid}/capture", Capture).Is("capturePayment", "Take held money, all or part of it; the rest is let go.", Who.Staff)
            .Takes<CaptureRequest>().Produces<PaymentResponse>().Produces<PaymentResponse>(202).ProducesProblem(402).Keyed(movesMoney: true)
            .Rejects(PaymentRejections.NotFound, PaymentRejections.NotAuthorized, PaymentRejections.CaptureTooMuch, CustomerRejections.NotFound);
        _ = payments.MapPost("/{payment_id:guid}/cancel", Cancel).Is("cancelPayment", "Let held money go: nothing is taken.", Who.Staff)
            .Takes<CancelRequest>().Produces<PaymentResponse>().Produces<PaymentResponse>(202).Keyed(movesMoney: true)
            .Rejects(PaymentRejections.NotFound, PaymentRejections.NotAuthorized);
    }

    private static Task<IResult> Capture(
        [FromRoute(Name = "payment_id")] Guid paymentId, Body<CaptureRequest> body, Call call, Paying paying, CancellationToken ct) =>
        paying.Run(call, Awaited.Hold(new(paymentId)), new CapturePayment(new(paymentId), body.Value.Amount, call.Today), ct);

    private static Task<IResult> Cancel(
        [FromRoute(Name = "payment_id")] Guid paymentId, Body<CancelRequest> body, Call call, Paying paying, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return paying.Run(call, Awaited.Hold(new(paymentId)), new CancelPayment(new(paymentId), body.Value.Reason, call.Today), ct);
    }

    /// <param name="Amount">Absent for all of it.</param>
    internal sealed record CaptureRequest(Money? Amount = null);

    internal sealed record CancelRequest(string? Reason = null);
}
