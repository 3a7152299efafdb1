using Ledger.Domain.Amounts;
using Ledger.Domain.Balances;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.CreditNotes;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.CreditNotes;

internal static class CreditNoteEndpoints
{
    public static void MapCreditNotes(this IEndpointRouteBuilder api)
    {
        var notes = api.MapGroup("/credit-notes").WithTags("Credit notes");
        _ = notes.MapPost("/", Create)
            .Is("createCreditNote", "Take back part of an invoice: off what is to be paid, or, where it was paid, to the customer's balance.", Who.Staff)
            .Takes<Request>().Produces<CreditNoteResponse>(201).Keyed(movesMoney: true)
            .Rejects(InvoiceRejections.NotFound, InvoiceRejections.Cancelled, InvoiceRejections.NotOpen, CustomerRejections.NotFound, BalanceRejections.AmountNotPositive,
                SubscriptionRejections.CurrencyMismatch, CreditNoteRejections.TooMuch);
        _ = notes.MapGet("/", List).Is("listCreditNotes", "List credit notes, newest first; by customer_id or invoice_id.", Who.CustomerOwn)
            .Lists<CreditNoteResponse>().ReadsEarlier();
        _ = notes.MapGet("/{credit_note_id:guid}", Get).Is("getCreditNote", "Read a credit note, as it is now, or as it was at an instant.", Who.CustomerOwn)
            .Reads<CreditNoteResponse>().ReadsEarlier().Rejects(CreditNoteRejections.NotFound);
    }

    private static async Task<IResult> Create(Body<Request> body, Call call, Numbering numbering, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Reason, "/reason", 500).OrRefuse();
        var id = new CreditNoteId(Guid.CreateVersion7());
        return await numbering.Run(call, new IssueCreditNote(id, request.InvoiceId, request.Amount, request.Reason, call.Today), outcome =>
        {
            var (state, version) = outcome.Of<CreditNote>(id.Stream);
            return Made((CreditNote.Known)state, version);
        }, async made =>
        {
            var (state, version) = await states.WithVersion<CreditNote, CreditNoteEvent>(call.Tenant, new CreditNoteId(made).Stream, ct);
            return Made((CreditNote.Known)state, version);
        }, ct);
    }

    private static Answer Made(CreditNote.Known note, long version) =>
        Answer.Created($"/api/v1/credit-notes/{note.Issued.Id.Value}", CreditNoteResponse.From(note.Issued), version);

    private static async Task<IResult> List(HttpContext http, Call call, Page page, AsOf asOf, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<CreditNoteRow>(call.Tenant, "credit_notes", page.Wanted,
            [("customer_id = {0}", call.Only(Filter.Id(http, "customer_id"))), ("invoice_id = {0}", Filter.Id(http, "invoice_id"))],
            row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, CreditNoteResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "credit_note_id")] Guid creditNoteId, Call call, HttpContext http, AsOf asOf) =>
        await http.Read<CreditNote, CreditNoteEvent>(call, new CreditNoteId(creditNoteId).Stream, asOf) is (CreditNote.Known known, var version)
            ? new AnswerResult(Answer.Ok(CreditNoteResponse.From(known.Issued), version))
            : throw new ProblemException(Problem.Of(CreditNoteRejections.NotFound));

    /// <param name="Amount">With tax; absent for all that is left of the invoice.</param>
    internal sealed record Request(InvoiceId InvoiceId, Money? Amount = null, string? Reason = null);
}
