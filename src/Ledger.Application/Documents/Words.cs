using Ledger.Domain.Invoices;

namespace Ledger.Application.Documents;

/// <summary>The languages of documents.</summary>
internal static class Words
{
    public static readonly Wording English = new(
        "en", "Invoice", "Draft invoice", "Credit note", "Receipt", "Account statement", "Number", "Date", "Due date", "Period", "For invoice", "Status",
        "Description", "Quantity", "Unit price", "Discount", "Tax rate", "Amount", "Net", "Tax", "Total", "Paid", "Credited", "To pay",
        "Tax by rate", "Payments", "Payment method", "Customer balance", "Card", "Reference", "Opening balance", "Closing balance",
        "Prices include tax.", "Tax number", "Page {0} of {1}", "Document", "Reason", "Refunded", "Balance")
    {
        Statuses = Statuses("Paid", "Overdue", "Void", "Written off"),
        Moves = Moves("Invoice", "Void invoice", "Written off", "Credit note", "Payment", "Refund", "Balance adjusted", "Order", "Booking", "Classes"),
    };

    public static readonly Wording Icelandic = new(
        "is", "Reikningur", "Reikningsdrög", "Kreditreikningur", "Kvittun", "Reikningsyfirlit", "Númer", "Dagsetning", "Eindagi", "Tímabil", "Vegna reiknings", "Staða",
        "Lýsing", "Magn", "Einingarverð", "Afsláttur", "VSK-hlutfall", "Upphæð", "Án VSK", "VSK", "Samtals", "Greitt", "Bakfært", "Til greiðslu",
        "Sundurliðun VSK", "Greiðslur", "Greiðslumáti", "Inneign", "Kort", "Tilvísun", "Upphafsstaða", "Lokastaða",
        "Verð eru með VSK.", "VSK-númer", "Síða {0} af {1}", "Skjal", "Ástæða", "Endurgreitt", "Staða")
    {
        Statuses = Statuses("Greiddur", "Gjaldfallinn", "Ógiltur", "Afskrifaður"),
        Moves = Moves("Reikningur", "Ógiltur reikningur", "Afskrifað", "Kreditreikningur", "Greiðsla", "Endurgreiðsla", "Leiðrétt inneign", "Pöntun", "Bókun", "Tímar"),
    };

    public static readonly Wording Danish = new(
        "da", "Faktura", "Fakturakladde", "Kreditnota", "Kvittering", "Kontoudtog", "Nummer", "Dato", "Forfaldsdato", "Periode", "Vedrører faktura", "Status",
        "Beskrivelse", "Antal", "Enhedspris", "Rabat", "Momssats", "Beløb", "Uden moms", "Moms", "I alt", "Betalt", "Krediteret", "At betale",
        "Moms efter sats", "Betalinger", "Betalingsmåde", "Tilgodehavende", "Kort", "Reference", "Primosaldo", "Ultimosaldo",
        "Priserne er inkl. moms.", "Momsnr.", "Side {0} af {1}", "Bilag", "Årsag", "Refunderet", "Saldo")
    {
        Statuses = Statuses("Betalt", "Forfalden", "Annulleret", "Afskrevet"),
        Moves = Moves("Faktura", "Annulleret faktura", "Afskrevet", "Kreditnota", "Betaling", "Refusion", "Regulering", "Ordre", "Booking", "Klip"),
    };

    private static Dictionary<InvoiceStatus, string> Statuses(string paid, string overdue, string @void, string writtenOff) => new()
    {
        [InvoiceStatus.Paid] = paid, [InvoiceStatus.Overdue] = overdue, [InvoiceStatus.Cancelled] = @void, [InvoiceStatus.WrittenOff] = writtenOff,
    };

    private static Dictionary<string, string> Moves(
        string invoice, string @void, string writtenOff, string creditNote, string payment, string refund, string adjusted, string order, string booking,
        string classes) => new()
    {
        ["invoice_issued"] = invoice, ["invoice_cancelled"] = @void, ["invoice_written_off"] = writtenOff, ["credit_note_issued"] = creditNote,
        ["payment_captured"] = payment, ["refund_succeeded"] = refund, ["customer_balance_adjusted"] = adjusted, ["order_paid"] = order,
        ["booking_paid"] = booking, ["class_credit_issued"] = classes,
    };
}
