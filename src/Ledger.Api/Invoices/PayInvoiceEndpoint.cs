using Ledger.Api.Payments;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Invoices;

internal static class PayInvoiceEndpoint
{
    public static void MapPayInvoice(this IEndpointRouteBuilder invoices) => invoices
        .MapPost("/{invoice_id:guid}/pay", Pay).Is("payInvoice", "Charge what is open on an invoice to a payment method that is kept.", Who.CustomerOwn)
        .Takes<Request>().Produces<PaymentResponse>().Produces<PaymentResponse>(202).ProducesProblem(402).Keyed(movesMoney: true).AtMost(10)
        .Rejects(InvoiceRejections.NotFound, InvoiceRejections.AlreadyPaid, InvoiceRejections.Cancelled, InvoiceRejections.NotOpen,
            PaymentRejections.Pending, PaymentMethodRejections.NotFound, PaymentMethodRejections.Inactive, CustomerRejections.NotFound);

    private static Task<IResult> Pay([FromRoute(Name = "invoice_id")] Guid invoiceId, Body<Request> body, Call call, Paying paying, CancellationToken ct) =>
        paying.Run(call, Awaited.Charge(PaymentId.ForInvoice(new(invoiceId)), 200), new PayInvoice(new(invoiceId), body.Value.PaymentMethodId, call.Today), ct);

    /// <param name="PaymentMethodId">Absent for the customer's default.</param>
    internal sealed record Request(PaymentMethodId? PaymentMethodId = null);
}
