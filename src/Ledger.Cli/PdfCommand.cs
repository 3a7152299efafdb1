using System.CommandLine;
using Ledger.Application.Documents;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;

namespace Ledger.Cli;

/// <summary><c>ledger pdf</c></summary>
internal static class PdfCommand
{
    private enum PaperKind { Invoice, CreditNote, Receipt, Statement }

    private static readonly Argument<PaperKind> Kind = new("kind") { Description = "invoice, creditnote, receipt or statement." };
    private static readonly Argument<Guid> Id = Asked.Id("The id of the invoice, of the credit note, of the payment, or of the customer.");
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<FileInfo> Output = new("--output") { Description = "The file to write.", Required = true };

    public static Command Create() => new LedgerCommand(
        "pdf", "Write a document as PDF, as its tenant's settings say; a statement is of this year, up to today.",
        "ledger pdf invoice 019a4d8e-0000-7000-8000-000000000001 --tenant Bakery --output invoice.pdf",
        "ledger pdf statement 019a4d8e-0000-7000-8000-000000000002 --tenant Bakery --output statement.pdf")
        { Kind, Id, Tenant, Output }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "pdf", ct);
        var (kind, id, output) = (asked.GetValue(Kind), asked.GetValue(Id), asked.GetRequiredValue(Output));
        var file = await Write(ledger, tenant, kind, id, tenant.DateOf(context.At), ct)
            ?? throw new RefusedException($"{tenant.Name} has nothing with the id {id} that this could be of.");
        await File.WriteAllBytesAsync(output.FullName, file, ct);
    }

    private static async Task<byte[]?> Write(OpenLedger ledger, Tenant.Known tenant, PaperKind kind, Guid id, LocalDate today, CancellationToken ct)
    {
        var papers = ledger.Get<Papers>();
        switch (kind)
        {
            case PaperKind.Invoice: return await papers.Invoice(tenant, new InvoiceId(id), ct);
            case PaperKind.CreditNote: return await papers.CreditNote(tenant, new CreditNoteId(id), ct);
            case PaperKind.Receipt:
                return await ledger.Get<StateReader>().Of<Payment, PaymentEvent>(tenant.Id.ToString(), new PaymentId(id).Stream, ct) is Payment.Known { IsPaid: true } payment
                    ? await papers.Receipt(tenant, payment, ct)
                    : null;
            default:
                await ledger.CatchUp(ct);
                return await papers.Statement(tenant, new(id), new(today.Year, 1, 1), today, ct);
        }
    }
}
