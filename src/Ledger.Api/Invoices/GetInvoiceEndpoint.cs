using Ledger.Domain.Invoices;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Invoices;

internal static class GetInvoiceEndpoint
{
    public static void MapGetInvoice(this IEndpointRouteBuilder invoices) => invoices
        .MapGet("/{invoice_id:guid}", Get).Is("getInvoice", "Read an invoice, as it is now, or as it was at an instant.", Who.CustomerOwn)
        .Reads<InvoiceResponse>().Rejects(InvoiceRejections.NotFound);

    private static async Task<IResult> Get(
        [FromRoute(Name = "invoice_id")] Guid id, Call call, StateReader states, StreamLoader loader, AsOf asOf, CancellationToken ct)
    {
        var (state, version) = asOf.Instant is { } at
            ? await loader.LoadAsOf<Invoice, InvoiceEvent>(call.Tenant, new InvoiceId(id).Stream, at, ct)
            : await states.WithVersion<Invoice, InvoiceEvent>(call.Tenant, new InvoiceId(id).Stream, ct);
        return state is Invoice.Known known
            ? new AnswerResult(Answer.Ok(InvoiceResponse.From(known), version))
            : throw new ProblemException(Problem.Of(InvoiceRejections.NotFound));
    }
}
