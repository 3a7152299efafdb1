using System.IO.Compression;
using Ledger.Application.Documents;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Workers.Tests.Documents;

/// <summary>A bakery that sends papers, and somebody they are for.</summary>
internal static class PaperExamples
{
    public static readonly Currency Isk = Currency.Parse("ISK"), Dkk = Currency.Parse("DKK"), Eur = Currency.Parse("EUR");
    private static readonly LocalDate Day = new(2025, 11, 1);

    public static PaperFrame Frame(DocumentLanguage language, PdfTemplate template, byte[]? logo = null) => new(
        new Tenant.Known(
            new(Guid.Parse("00000000-0000-7000-8000-000000000001")), "Brauðgerð Æðarvogs ehf.", TenantMode.Live, Isk, DateTimeZone.Utc, PricesIncludeTax: true,
            [Frequency.Monthly], DunningSettings.Default)
        {
            Documents = new(language, template, ["Þórsgötu 1", "101 Reykjavík"], "12345"), Branding = new("#8a1c1c", null, null),
        },
        logo, new Customer.Known(new(Guid.Parse("00000000-0000-7000-8000-000000000002")), "anna-7", null, null, null, false, null),
        new CustomerDetails(FullName: "Sæunn Ðórhallsdóttir Åkjær", Address: "Bøgevej 3", PostalCode: "8000", City: "Århus", InvoiceNotes: "Merkið: öryggi"));

    /// <summary>An invoice of so many lines at two rates of tax, of which part is paid.</summary>
    public static Invoice.Known Invoice(Currency currency, int lines)
    {
        var all = Enumerable.Range(1, lines).Select(i =>
        {
            var rate = TaxRate.Of(i % 3 == 0 ? 0.11m : 0.24m);
            var price = new Money(1500 + i, currency);
            var amount = price.Times(2);
            var tax = new Money(Money.RoundHalfAway((Int128)amount.Amount * (int)(rate.Value * 100), 100 + (int)(rate.Value * 100)), currency);
            return new InvoiceLine($"Rúgbrauð og smørrebrød nr. {i}, með áleggi að eigin vali á hverjum morgni", 2, price, amount, rate, amount - tax, tax);
        }).ToList();
        var (net, taxes) = (Money.Sum(currency, all.Select(one => one.Net)), Money.Sum(currency, all.Select(one => one.Tax)));
        var issued = new InvoiceIssued(
            new(Guid.Parse("00000000-0000-7000-8000-000000000003")), new(Guid.Parse("00000000-0000-7000-8000-000000000002")), null,
            new BillingPeriod(Day, Day.PlusMonths(1)), all, PricesIncludeTax: true, net, taxes, net + taxes, Day, Day.PlusDays(14), Number: 42);
        var paid = new InvoicePartiallyPaid(issued.Id, new(1000, currency), Day.PlusDays(2), new PaymentId(Guid.Parse("00000000-0000-7000-8000-000000000004")));
        return (Invoice.Known)new InvoiceEvent[] { issued, paid }.Aggregate(Domain.Invoices.Invoice.Initial, Domain.Invoices.Invoice.Evolve);
    }

    /// <summary>A picture of 60 by 20 pixels that fades out to the right.</summary>
    public static byte[] Png()
    {
        var raw = new MemoryStream();
        for (var row = 0; row < 20; row++)
        {
            raw.WriteByte(0);
            for (var column = 0; column < 60; column++) raw.Write([180, 40, 40, (byte)(255 - 4 * column)]);
        }

        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(raw.ToArray());
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", [0, 0, 0, 60, 0, 0, 0, 20, 8, 6, 0, 0, 0]), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] content) =>
        [0, 0, (byte)(content.Length >> 8), (byte)(content.Length & 0xFF), .. System.Text.Encoding.ASCII.GetBytes(kind), .. content, 0, 0, 0, 0];
}
