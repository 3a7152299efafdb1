using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Invoices;

/// <summary>What is done to one invoice without moving money: issue it, make it void, give it up.</summary>
internal static class InvoiceCommandEndpoints
{
    public static void MapInvoiceCommands(this IEndpointRouteBuilder invoices)
    {
        _ = invoices.MapPost("/{invoice_id:guid}/issue", Issue).Is("issueInvoice", "Send a drafted invoice: it gets its number, and is owed.", Who.Staff)
            .Takes<NothingMore>().Produces<InvoiceResponse>().Rejects(InvoiceRejections.NotFound, CustomerRejections.NotFound);
        _ = invoices.MapPost("/{invoice_id:guid}/void", Void).Is("voidInvoice", "Make an unpaid invoice void. It keeps its number.", Who.Staff)
            .Takes<Request>().Produces<InvoiceResponse>()
            .Rejects(InvoiceRejections.NotFound, InvoiceRejections.AlreadyPaid, InvoiceRejections.PartlyPaid, InvoiceRejections.NotOpen,
                InvoiceRejections.OfSubscription, PaymentRejections.Pending);
        _ = invoices.MapPost("/{invoice_id:guid}/write-off", WriteOff).Is("writeOffInvoice", "Give up what is open on an invoice.", Who.Admin)
            .Takes<Request>().Produces<InvoiceResponse>()
            .Rejects(InvoiceRejections.NotFound, InvoiceRejections.AlreadyPaid, InvoiceRejections.Cancelled, InvoiceRejections.NotOpen, PaymentRejections.Pending);
    }

    private static Task<IResult> Issue([FromRoute(Name = "invoice_id")] Guid invoiceId, Body<NothingMore> _, Call call, CancellationToken ct) =>
        call.Change(new(invoiceId), new IssueInvoice(new(invoiceId), call.Caller.Tenant.Id, call.Today), ct);

    private static Task<IResult> Void([FromRoute(Name = "invoice_id")] Guid invoiceId, Body<Request> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return call.Change(new(invoiceId), new VoidInvoice(new(invoiceId), body.Value.Reason, call.Today), ct);
    }

    private static Task<IResult> WriteOff([FromRoute(Name = "invoice_id")] Guid invoiceId, Body<Request> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return call.Change(new(invoiceId), new WriteOffInvoice(new(invoiceId), body.Value.Reason, call.Today), ct);
    }

    /// <summary>What the commands of an invoice answer: the invoice, as decided.</summary>
    private static Task<IResult> Change(this Call call, InvoiceId id, IJointCommand command, CancellationToken ct) =>
        call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<Invoice>(id.Stream);
            return Answer.Ok(InvoiceResponse.From(((Invoice.Known)state).On(call.Today)), version);
        }, ct);

    internal sealed record Request(string? Reason = null);

    internal sealed record NothingMore;
}
