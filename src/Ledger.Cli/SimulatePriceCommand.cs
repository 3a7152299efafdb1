using System.CommandLine;
using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;

namespace Ledger.Cli;

/// <summary><c>ledger simulate price</c>: what a tenant's invoices would have come to with another price.</summary>
internal static class SimulatePriceCommand
{
    private static readonly Option<string> Tenant = Asked.Tenant();
    private static readonly Option<Guid> Variation = new("--variation") { Description = "The id of the product variation that has another price.", Required = true, HelpName = "id" };
    private static readonly Option<decimal> Price = new("--price") { Description = "Its price for one, such as 12.90, with or without tax as the tenant's prices are.", Required = true, HelpName = "amount" };
    private static readonly Option<Currency?> CurrencyOf = Asked.Currency("--currency", "Of the price. [default: the tenant's]");
    private static readonly Option<LocalDate?> From = SimulatedInvoices.From(), To = SimulatedInvoices.To();
    private static readonly Option<bool> Json = SimulatedInvoices.Json();
    private static readonly Option<FileInfo?> Csv = SimulatedInvoices.Csv();

    public static Command Create() => new LedgerCommand(
        "price", "What subscriptions would have been invoiced, and would have paid, had a product variation had another price. Frozen prices are changed like all. Who paid would have paid, and who did not would not have; nobody would have left or come.",
        "ledger simulate price --tenant Telco --variation 0197f0aa-0000-7000-8000-000000000001 --price 12.90 --from 2026-02-01",
        "ledger simulate price --tenant Telco --variation 0197f0aa-0000-7000-8000-000000000001 --price 12.90 --csv customers.csv --json")
        { Tenant, Variation, Price, CurrencyOf, From, To, Json, Csv }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        if (asked.GetValue(Price) is < 0 or > 1_000_000_000_000) throw new WrongArgumentsException("--price is not to be below zero, nor above a trillion.");
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetRequiredValue(Tenant), "simulate price", ct);
        var price = PriceOf(asked.GetValue(Price), asked.GetValue(CurrencyOf) ?? tenant.Currency);
        var variation = asked.GetValue(Variation);
        if (await ledger.Get<StateReader>().Of<ProductVariation, ProductVariationEvent>(context.Tenant, ProductVariationId.From(variation).Stream, ct) is not ProductVariation.Known)
            throw new RefusedException($"{tenant.Name} has no product variation {variation}.");
        var report = await Screen.Progress("Reading the log", progress => Simulate(ledger, context.Tenant, variation, price, asked.GetValue(From), asked.GetValue(To), progress, ct));
        SimulatedInvoices.Show(report, asked.GetValue(Json), asked.GetValue(Csv));
    }

    internal static Task<SimulatedInvoices.Report> Simulate(
        OpenLedger ledger, string tenant, Guid variation, Money price, LocalDate? from, LocalDate? to, IProgress<Done> progress, CancellationToken ct) =>
        SimulatedInvoices.Simulate(ledger, tenant, from, to, past => InvoiceReplay.AtPrice(past, variation, price), progress, ct);

    private static Money PriceOf(decimal amount, Currency currency) => decimal.Round(amount, currency.Exponent) == amount
        ? Money.FromDecimal(amount, currency) : throw new WrongArgumentsException($"--price has more decimals than {currency} has.");
}
