using Ledger.Api.Audit;
using Ledger.Application.Documents;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Documents;

/// <summary>Documents as PDF files, for the customer they are of and for staff.</summary>
internal static class PdfEndpoints
{
    private const string Pdf = "application/pdf";

    private const int PerMinute = 20, StatementYearsMax = 10;

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        _ = api.MapGet("/invoices/{invoice_id:guid}/pdf", Invoice).WithTags("Documents")
            .Is("getInvoicePdf", "An invoice as PDF, in the tenant's language and template.", Who.CustomerOwn)
            .Produces<byte[]>(200, Pdf).AtMost(PerMinute).Rejects(InvoiceRejections.NotFound).ShowsPersonalData("invoice");
        _ = api.MapGet("/credit-notes/{credit_note_id:guid}/pdf", CreditNote).WithTags("Documents")
            .Is("getCreditNotePdf", "A credit note as PDF.", Who.CustomerOwn)
            .Produces<byte[]>(200, Pdf).AtMost(PerMinute).Rejects(CreditNoteRejections.NotFound).ShowsPersonalData("credit_note");
        _ = api.MapGet("/payments/{payment_id:guid}/receipt", Receipt).WithTags("Documents")
            .Is("getPaymentReceipt", "A receipt for a payment that was taken, as PDF.", Who.CustomerOwn)
            .Produces<byte[]>(200, Pdf).AtMost(PerMinute).Rejects(PaymentRejections.NotFound, PaymentRejections.NotTaken).ShowsPersonalData("payment");
        _ = api.MapGet("/customers/{customer_id:guid}/statement", Statement).WithTags("Documents")
            .Is("getCustomerStatement", "What moved on a customer's account, as PDF; from a day, the first of the year, to a day, today.", Who.CustomerOwn)
            .Reads<byte[]>(Pdf).AtMost(PerMinute).Rejects(CustomerRejections.NotFound).ShowsPersonalData("customer");
        _ = api.MapGet("/pdf-templates", Templates).WithTags("Documents")
            .Is("listPdfTemplates", "The templates there are for documents, and which the tenant has chosen.", Who.Staff).Produces<ListOf<PdfTemplateResponse>>();
    }

    private static async Task<IResult> Invoice([FromRoute(Name = "invoice_id")] Guid invoiceId, HttpContext http, Call call, Papers papers, CancellationToken ct) =>
        await papers.Invoice(call.Caller.Tenant, new(invoiceId), ct) is { } file
            ? Attachment.Of(http, file, Pdf, $"invoice-{invoiceId}.pdf")
            : throw new ProblemException(Problem.Of(InvoiceRejections.NotFound));

    private static async Task<IResult> CreditNote([FromRoute(Name = "credit_note_id")] Guid creditNoteId, HttpContext http, Call call, Papers papers, CancellationToken ct) =>
        await papers.CreditNote(call.Caller.Tenant, new(creditNoteId), ct) is { } file
            ? Attachment.Of(http, file, Pdf, $"credit-note-{creditNoteId}.pdf")
            : throw new ProblemException(Problem.Of(CreditNoteRejections.NotFound));

    private static async Task<IResult> Receipt([FromRoute(Name = "payment_id")] Guid paymentId, HttpContext http, Call call, Papers papers, StateReader states, CancellationToken ct) =>
        await states.Of<Payment, PaymentEvent>(call.Tenant, new PaymentId(paymentId).Stream, ct) switch
        {
            Payment.Known { IsPaid: true } payment => Attachment.Of(http, await papers.Receipt(call.Caller.Tenant, payment, ct), Pdf, $"receipt-{paymentId}.pdf"),
            Payment.Known => throw new ProblemException(Problem.Of(PaymentRejections.NotTaken)),
            _ => throw new ProblemException(Problem.Of(PaymentRejections.NotFound)),
        };

    private static async Task<IResult> Statement(
        [FromRoute(Name = "customer_id")] Guid customerId, HttpContext http, Call call, Papers papers, CancellationToken ct)
    {
        var to = Filter.Date(http, "to") ?? call.Today;
        var from = Filter.Date(http, "from") ?? new LocalDate(to.Year, 1, 1);
        Check.That(from <= to, "to", "before_start", "Not before the first day.")
            .And(from.Year >= to.Year - StatementYearsMax, "from", "out_of_range", $"At most {StatementYearsMax} years before the last day.").OrRefuse();
        return await papers.Statement(call.Caller.Tenant, new(customerId), from, to, ct) is { } file
            ? Attachment.Of(http, file, Pdf, $"statement-{from:R}-{to:R}.pdf")
            : throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
    }

    private static JsonHttpResult<ListOf<PdfTemplateResponse>> Templates(Call call) => TypedResults.Json(
        new ListOf<PdfTemplateResponse>(
            [.. Enum.GetValues<PdfTemplate>().Select(one => PdfTemplateResponse.Of(one, call.Caller.Tenant.Documents.Template))],
            new(Enum.GetValues<PdfTemplate>().Length, HasMore: false)),
        LedgerJson.Options);
}

/// <param name="Description">In a sentence.</param>
/// <param name="IsChosen">Whether the tenant's documents are made by it.</param>
public sealed record PdfTemplateResponse(PdfTemplate Id, string Name, string Description, bool IsChosen)
{
    internal static PdfTemplateResponse Of(PdfTemplate template, PdfTemplate chosen) => new(
        template, template.ToString(), template switch
        {
            PdfTemplate.Classic => "Black on white, with fine lines.",
            PdfTemplate.Modern => "With the tenant's primary colour across the top and behind the heads of tables.",
            _ => "Small letters in close lines, for long lists.",
        }, template == chosen);
}
