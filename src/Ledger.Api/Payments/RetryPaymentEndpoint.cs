using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Payments;

internal static class RetryPaymentEndpoint
{
    public static void MapRetryPayment(this IEndpointRouteBuilder payments) => payments
        .MapPost("/{payment_id:guid}/retry", Retry)
        .Is("retryPayment", "Try a failed payment once more. An admin may force it: then neither today's attempt nor their number counts.", Who.Staff)
        .Takes<Request>().Produces<PaymentResponse>().Produces<PaymentResponse>(202).Keyed(movesMoney: true)
        .Rejects(PaymentRejections.NotFound, PaymentRejections.NotFailed, PaymentRejections.NotRetryable, CustomerRejections.NotFound, PaymentRejections.AttemptedToday,
            PaymentRejections.AttemptsUsedUp, PaymentRejections.NoPaymentMethod, PaymentMethodRejections.NotFound, PaymentMethodRejections.Inactive, InvoiceRejections.AlreadyPaid, InvoiceRejections.Cancelled, InvoiceRejections.NotOpen);

    private static Task<IResult> Retry([FromRoute(Name = "payment_id")] Guid paymentId, Body<Request> body, Call call, Paying paying, CancellationToken ct)
    {
        if (body.Value.Force && call.Caller.Role is not CallerRole.Admin) throw new ProblemException(Problem.Forbidden);
        var command = new RetryPayment(new(paymentId), call.Caller.Tenant.Id, body.Value.Force, call.Today, body.Value.PaymentMethodId);
        return paying.Run(call, Awaited.Charge(new(paymentId), 200), command, ct);
    }

    /// <param name="Force">An admin's wish: neither today's attempt nor their number counts.</param>
    /// <param name="PaymentMethodId">What is charged; absent for what the subscription names, else the customer's default.</param>
    internal sealed record Request(bool Force = false, PaymentMethodId? PaymentMethodId = null);
}
