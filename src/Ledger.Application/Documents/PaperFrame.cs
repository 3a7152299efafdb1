using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;

namespace Ledger.Application.Documents;

/// <summary>What all documents of a tenant for one customer have in common: from whom, to whom, and in which words.</summary>
/// <param name="Customer">Null for somebody we do not know.</param>
internal sealed record PaperFrame(Tenant.Known Tenant, byte[]? Logo, Customer.Known? Customer, CustomerDetails Details)
{
    public DocumentLanguage Language => Tenant.Documents.Language;

    public Wording Words => Wording.Of(Language);

    /// <summary>What the customer wants to have written on every invoice.</summary>
    public IEnumerable<string> Remarks => Details.InvoiceNotes is { } notes ? [notes] : [];

    public Paper Paper(
        string title, string? number, LocalDate date, IReadOnlyList<Fact> facts, IReadOnlyList<PaperTable> tables, IReadOnlyList<string> notes) => new(
        Words.Code, title, number, date, Words.PageOf,
        new(Tenant.Name, Tenant.Documents.Address ?? [], Tenant.Documents.TaxNumber is { } tax ? $"{Words.TaxNumber} {tax}" : null, Logo, Tenant.Branding.PrimaryColor),
        To(), facts, tables, notes, Tenant.Documents.Template);

    /// <summary>Tax and what it is on, for each rate.</summary>
    public PaperTable Taxes(IEnumerable<(TaxRate Rate, Money Net, Money Tax)> lines, Currency currency) => new(
        Words.TaxTable,
        [new(Words.TaxRate, IsNumber: false), new(Words.Net, IsNumber: true), new(Words.Tax, IsNumber: true), new(Words.Total, IsNumber: true)],
        [.. lines.GroupBy(line => line.Rate).OrderByDescending(group => group.Key).Select(group =>
        {
            var (net, tax) = (Money.Sum(currency, group.Select(one => one.Net)), Money.Sum(currency, group.Select(one => one.Tax)));
            return new PaperRow([Language.Of(group.Key), Language.Of(net), Language.Of(tax), Language.Of(net + tax)]);
        })]);

    public PaperTable Sums(IEnumerable<(string Label, Money Amount, bool IsStrong)> rows) => new(
        null, [new("", IsNumber: false), new("", IsNumber: true)],
        [.. rows.Select(row => new PaperRow([row.Label, Language.Of(row.Amount)], row.IsStrong))], IsSum: true);

    private List<string> To()
    {
        if (Customer is null) return [];
        var place = string.Join(' ', new[] { Details.PostalCode, Details.City }.Where(one => !string.IsNullOrWhiteSpace(one)));
        List<string> lines = [.. new[] { Details.CompanyName, Details.FullName, Details.Address, Details.Address2, place }.OfType<string>().Where(one => one.Length > 0)];
        return lines.Count > 0 ? lines : [Customer.CustomerHandle];
    }
}
