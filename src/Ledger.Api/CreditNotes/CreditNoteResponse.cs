using Ledger.Domain.Amounts;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Projections;
using Ledger.Projections.CreditNotes;

namespace Ledger.Api.CreditNotes;

/// <summary>A credit note on the wire.</summary>
/// <param name="CreditNoteNumber">Gap-free per tenant.</param>
/// <param name="Destination">Where the money is: off the invoice, on the balance, or on its way back.</param>
public sealed record CreditNoteResponse(
    CreditNoteId Id, string CreditNoteNumber, InvoiceId InvoiceId, CustomerId CustomerId, CreditDestination Destination,
    IReadOnlyList<CreditNoteLineResponse> Lines, Money Net, Money Tax, Money Total, LocalDate IssuedOn, string? Reason, Guid? RefundId)
{
    public static CreditNoteResponse From(CreditNoteIssued issued) => new(
        issued.Id, CreditNoteNumbers.Of(issued.Number), issued.InvoiceId, issued.CustomerId, issued.Destination,
        [.. issued.Lines.Select(CreditNoteLineResponse.From)], issued.Net, issued.Tax, issued.Total, issued.IssuedOn, issued.Reason, issued.RefundId);

    public static CreditNoteResponse From(CreditNoteRow row)
    {
        var currency = Currency.Parse(row.Currency);
        return new(
            new(row.Id), CreditNoteNumbers.Of(row.Number), new(row.InvoiceId), new(row.CustomerId), Enum.Parse<CreditDestination>(row.Destination, ignoreCase: true),
            [.. Json.To<List<CreditNoteLine>>(row.Lines)!.Select(CreditNoteLineResponse.From)], new(row.Net, currency), new(row.Tax, currency),
            new(row.Total, currency), row.IssuedOn, row.Reason, row.RefundId);
    }
}

/// <param name="Period">The days that are taken back, where it is for days.</param>
public sealed record CreditNoteLineResponse(string Description, TaxRate TaxRate, Money Net, Money Tax, BillingPeriod? Period)
{
    public static CreditNoteLineResponse From(CreditNoteLine line) => new(line.Description, line.TaxRate, line.Net, line.Tax, line.Period);
}
