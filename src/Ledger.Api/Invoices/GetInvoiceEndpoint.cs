using Ledger.Domain.Invoices;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Invoices;

internal static class GetInvoiceEndpoint
{
    public static void MapGetInvoice(this IEndpointRouteBuilder invoices) => invoices
        .MapGet("/{invoice_id:guid}", Get).Is("getInvoice", "Read an invoice, as it is now, or as it was at an instant.", Who.CustomerOwn)
        .Reads<InvoiceResponse>().ReadsEarlier().Rejects(InvoiceRejections.NotFound);

    private static async Task<IResult> Get(
        [FromRoute(Name = "invoice_id")] Guid invoiceId, Call call, HttpContext http, AsOf asOf)
    {
        var (state, version) = await http.Read<Invoice, InvoiceEvent>(call, new InvoiceId(invoiceId).Stream, asOf);
        return state is Invoice.Known known
            // Of a position alone no day is known: it is as it was written down up to there.
            ? new AnswerResult(Answer.Ok(InvoiceResponse.From(asOf is { Instant: null, Position: not null } ? known : known.On(asOf.Day(call))), version))
            : throw new ProblemException(Problem.Of(InvoiceRejections.NotFound));
    }
}
