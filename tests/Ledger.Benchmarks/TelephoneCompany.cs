using System.Text.Json;
using Ledger.Application.Billing;
using Ledger.Application.Importing;
using Ledger.Cli;
using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using Ledger.Gateways.Payments;
using NodaTime;

namespace Ledger.Benchmarks;

/// <summary>A sandbox tenant whose subscribers are imported, billed and chased, as the command line does it.</summary>
internal sealed class TelephoneCompany(OpenLedger ledger, TenantId id)
{
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    public static async Task<TelephoneCompany> Open(OpenLedger ledger, CancellationToken ct)
    {
        var id = new TenantId(Guid.CreateVersion7());
        _ = await CreateTenantCommand.Write(ledger, new CreateTenant(
            id, "Telephone", TenantMode.Sandbox, Currency.Parse("USD"), Zone, PricesIncludeTax: true, [Frequency.Monthly], new(20, 20)),
            BusinessTime.StartOf(new(2026, 1, 30), Zone), ct);
        return new(ledger, id);
    }

    /// <summary>Ends when every view has seen all of them.</summary>
    public async Task Import(int subscribers, CancellationToken ct)
    {
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(path, SampleSubscribers.Lines(subscribers, seed: 1), ct);
            var source = new ImportSource(path, SampleSubscribers.Mapping(new(2026, 1, 31)), tenant.Currency, ledger.Get<IPaymentProvider>());
            var tally = new ImportTally();
            await ledger.Get<SubscriberImport>().Run(tenant, source, context, tally, ct);
            if (tally.Total.Customers != subscribers || tally.Refusals > 0)
                throw new InvalidOperationException($"{tally.Total.Customers} customers, {tally.Refusals} rows refused.");
        }
        finally { File.Delete(path); }

        while (true)   // The views of very many need more than the moment that a command waits.
        {
            try
            {
                await ledger.CatchUp(ct);
                return;
            }
            catch (RefusedException) { }
        }
    }

    /// <summary>Returns how many invoices there were, each of them charged.</summary>
    public async Task<long> Bill(LocalDate day, CancellationToken ct)
    {
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        var (run, rejection) = await ledger.Get<BillingRunStart>().Request(tenant, day, context, ct);
        RefusedException.ThrowIf(rejection);
        var result = await BillCommand.Completed(ledger, context.Tenant, run, new Progress<Done>(), ct);
        if (result.Invoices == 0 || result.Charges != result.Invoices) throw new InvalidOperationException(JsonSerializer.Serialize(result));
        return result.Invoices;
    }

    /// <returns>The text of a key for an admin.</returns>
    public async Task<string> NewAdminKey(CancellationToken ct)
    {
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        return await CreateKeyCommand.Issue(ledger, tenant.Id, tenant.Mode, "bench", ApiKeyRole.Admin, context, ct);
    }

    public async Task Advance(LocalDate day, CancellationToken ct)
    {
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        var (advance, rejection) = await ledger.Get<ClockAdvanceStart>().Request(tenant, BusinessTime.StartOf(day, Zone), context, ct);
        RefusedException.ThrowIf(rejection);
        _ = await ClockCommand.Completed(ledger, context.Tenant, advance, new Progress<Done>(), ct);
    }
}
