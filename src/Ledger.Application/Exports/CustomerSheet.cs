using Ledger.Domain.Customers;
using Ledger.EventStore.PersonalData;
using Ledger.Projections;
using Ledger.Projections.Customers;

namespace Ledger.Application.Exports;

/// <summary>Customers, with what is personal opened; the national id is left out.</summary>
internal sealed class CustomerSheet(Listing listing, PersonalKeys keys) : ExportSheet<CustomerRow>(
    listing, "customers", row => row.CreatedPosition, filter => ListFilters.Customers(filter.ExternalId))
{
    private static readonly (string Name, Func<CustomerDetails, string?> Of)[] Personal =
    [
        ("full_name", one => one.FullName), ("company_name", one => one.CompanyName), ("email", one => one.Email), ("phone_number", one => one.PhoneNumber),
        ("address", one => one.Address), ("address2", one => one.Address2), ("postal_code", one => one.PostalCode), ("city", one => one.City),
    ];

    public override IReadOnlyList<string> Names { get; } =
        ["id", "customer_handle", "external_id", .. Personal.Select(one => one.Name), "auto_send_invoices", "created_at"];

    protected override async Task<IReadOnlyList<Cell[]>> Cells(string tenant, IReadOnlyList<CustomerRow> rows, CancellationToken ct)
    {
        var opened = await keys.FindMany(tenant, [.. rows.Where(row => row.Details is not null).Select(row => row.Id)], ct);
        return [.. rows.Select(row =>
        {
            var details = row.Details is { } text && opened.TryGetValue(row.Id, out var key) ? key.Open(new Personal<CustomerDetails>(text)) : CustomerDetails.None;
            return (Cell[])
            [
                Cell.Of(row.Id), Cell.Of(row.CustomerHandle), Cell.Of(row.ExternalId), .. Personal.Select(one => Cell.Of(one.Of(details))),
                Cell.Of(row.AutoSendInvoices ? "true" : "false"), Cell.Of(row.CreatedAt),
            ];
        })];
    }
}
