using System.CommandLine;
using Ledger.Domain.Amounts;
using Ledger.Domain.Coupons;

namespace Ledger.Cli;

/// <summary><c>ledger simulate coupon</c>: what a coupon would have taken off a tenant's invoices.</summary>
internal static class SimulateCouponCommand
{
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<decimal?> Percent = new("--percent") { Description = "What it takes off, as a share: 10 is a tenth.", HelpName = "number" };
    private static readonly Option<decimal?> Amount = new("--amount") { Description = "What it takes off each invoice, such as 5.00, at most what it is good for.", HelpName = "amount" };
    private static readonly Option<Currency?> CurrencyOf = Asked.Currency("--currency", "Of the amount. [default: the tenant's]");
    private static readonly Option<Guid[]> Variations = new("--variation") { Description = "A product variation that it is good for; several times for several. [default: all]", HelpName = "id" };
    private static readonly Option<int?> Charges = new("--charges") { Description = "How many invoices of each subscription it reduces. [default: all]", HelpName = "number" };
    private static readonly Option<LocalDate?> From = SimulatedInvoices.From(), To = SimulatedInvoices.To();
    private static readonly Option<bool> Json = SimulatedInvoices.Json();
    private static readonly Option<FileInfo?> Csv = SimulatedInvoices.Csv();

    public static Command Create() => new LedgerCommand(
        "coupon", "What a coupon would have taken off the invoices of all subscriptions, after the coupons that they had. Who paid would have paid, and who did not would not have; nobody would have left or come.",
        "ledger simulate coupon --tenant Telco --percent 10 --from 2026-02-01 --to 2026-02-28", "ledger simulate coupon --tenant Telco --amount 5.00 --charges 3 --csv customers.csv")
        { Tenant, Percent, Amount, CurrencyOf, Variations, Charges, From, To, Json, Csv }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "simulate coupon", ct);
        var terms = Terms(asked.GetValue(Percent), asked.GetValue(Amount), asked.GetValue(CurrencyOf) ?? tenant.Currency, asked.GetValue(Variations) ?? [], asked.GetValue(Charges));
        var report = await Screen.Progress("Reading the log", progress => Simulate(ledger, context.Tenant, terms, asked.GetValue(From), asked.GetValue(To), progress, ct));
        SimulatedInvoices.Show(report, asked.GetValue(Json), asked.GetValue(Csv));
    }

    /// <exception cref="WrongArgumentsException">They make no coupon.</exception>
    internal static CouponTerms Terms(decimal? percent, decimal? amount, Currency currency, IReadOnlyList<Guid> variations, int? charges)
    {
        if (percent is null == amount is null) throw new WrongArgumentsException("Say either --percent or --amount.");
        if (percent is < 0 or > 100 || (percent is { } share && decimal.Round(share, 4) != share)) throw new WrongArgumentsException("--percent is to be from 0 to 100, with at most four decimals.");
        if (amount is < 0 or > 1_000_000_000_000 || (amount is { } off && decimal.Round(off, currency.Exponent) != off)) throw new WrongArgumentsException($"--amount is not to be below zero, nor to have more decimals than {currency} has.");
        if (charges is < 1) throw new WrongArgumentsException("--charges is to be at least 1.");
        return new(percent is { } part ? TaxRate.Of(part / 100) : null, amount is { } sum ? Money.FromDecimal(sum, currency) : null, null, null, null, null, charges, variations);
    }

    internal static Task<SimulatedInvoices.Report> Simulate(
        OpenLedger ledger, string tenant, CouponTerms coupon, LocalDate? from, LocalDate? to, IProgress<Done> progress, CancellationToken ct)
    {
        var used = new Dictionary<SubscriptionId, int>();
        return SimulatedInvoices.Simulate(ledger, tenant, from, to, Total, progress, ct);

        Money Total(PastInvoice past)
        {
            var subscription = past.Issued.SubscriptionId!.Value;
            if (used.GetValueOrDefault(subscription) >= (coupon.Charges ?? int.MaxValue)) return past.Issued.Total;
            var total = InvoiceReplay.WithCoupon(past, coupon);
            if (total != past.Issued.Total) used[subscription] = used.GetValueOrDefault(subscription) + 1;
            return total;
        }
    }
}
