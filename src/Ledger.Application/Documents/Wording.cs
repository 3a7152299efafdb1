using Ledger.Domain.Invoices;

namespace Ledger.Application.Documents;

/// <summary>The words of documents in one language.</summary>
/// <param name="Code">As PDF readers know the language.</param>
/// <param name="PageOf">With places for a page and their number.</param>
internal sealed record Wording(
    string Code, string Invoice, string Draft, string CreditNote, string Receipt, string Statement, string Number, string Date, string DueOn,
    string Period, string OfInvoice, string Status, string Description, string Quantity, string UnitPrice, string Discount, string TaxRate,
    string Amount, string Net, string Tax, string Total, string Paid, string Credited, string Due, string TaxTable, string Payments,
    string PaymentMethod, string Balance, string Card, string Reference, string Opening, string Closing, string TaxIncluded, string TaxNumber,
    string PageOf, string Document, string Reason, string Refunded,
    string Standing)
{
    /// <summary>What an invoice is, beside its number; null where there is nothing to be said.</summary>
    public required IReadOnlyDictionary<InvoiceStatus, string> Statuses { get; init; }

    /// <summary>What moved on an account, by the name of its event.</summary>
    public required IReadOnlyDictionary<string, string> Moves { get; init; }

    public static Wording Of(DocumentLanguage language) => language switch
    {
        DocumentLanguage.Is => Words.Icelandic,
        DocumentLanguage.Da => Words.Danish,
        _ => Words.English,
    };
}
