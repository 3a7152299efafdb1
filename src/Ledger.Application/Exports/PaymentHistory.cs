using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Projections;
using Ledger.Projections.Invoices;

namespace Ledger.Application.Exports;

/// <summary>What a customer has paid, invoice by invoice, for their own books.</summary>
public sealed class PaymentHistory(Listing listing)
{
    private const int PageRows = 1000;

    private static readonly string[] Names = ["Date", "Invoice #", "Services", "Amount"];

    /// <param name="year">In which it was paid; null for all.</param>
    public async Task<byte[]> Csv(string tenant, CustomerId customer, int? year, CancellationToken ct) => CsvRows.Write(Names, (await Paid(tenant, customer, year, ct)).Select(row => (IEnumerable<string>)
    [
        row.PaidOn!.Value.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture), InvoiceNumbers.Of(row.Number!.Value),
        SpreadsheetText.Safe(string.Join("; ", Services(row))), Amount(row).ToString(CultureInfo.InvariantCulture),
    ]));

    public async Task<JsonNode> Json(string tenant, CustomerId customer, int? year, CancellationToken ct) => new JsonObject
    {
        ["invoices"] = new JsonArray([.. (await Paid(tenant, customer, year, ct)).Select(row => (JsonNode)new JsonObject
        {
            ["id"] = row.Id.ToString(), ["paid_date"] = row.PaidOn!.Value.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), ["amount"] = Amount(row),
            ["job"] = new JsonObject
            {
                ["services"] = new JsonArray([.. Services(row).Select(name => (JsonNode)new JsonObject { ["service"] = new JsonObject { ["name"] = name } })]),
            },
        })]),
    };

    private async Task<IReadOnlyList<InvoiceRow>> Paid(string tenant, CustomerId customer, int? year, CancellationToken ct)
    {
        var rows = new List<InvoiceRow>();
        for (long? after = null; ;)
        {
            var page = await listing.Read<InvoiceRow>(
                tenant, "invoices", new(PageRows, after, Offset: 0, WithTotal: false),
                [
                    ("customer_id = {0}", customer.Value), ("status = {0}", "paid"),
                    ("paid_on >= {0}", year is { } one ? new LocalDate(one, 1, 1) : null), ("paid_on <= {0}", year is { } same ? new LocalDate(same, 12, 31) : null),
                ], row => row.CreatedPosition, ct);
            rows.AddRange(page.Rows);
            if (!page.HasMore) return [.. rows.OrderByDescending(row => row.PaidOn).ThenByDescending(row => row.CreatedPosition)];
            after = rows[^1].CreatedPosition;
        }
    }

    private static IEnumerable<string> Services(InvoiceRow row) => Projections.Json.To<List<InvoiceLine>>(row.Lines)!.Select(line => line.Description);

    /// <summary>In major units with two decimals at least, whatever the currency.</summary>
    private static decimal Amount(InvoiceRow row) =>
        decimal.Parse(new Money(row.Total, Currency.Parse(row.Currency)).ToDecimalString(), CultureInfo.InvariantCulture) + 0.00m;
}
