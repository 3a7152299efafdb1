using System.Diagnostics;
using Ledger.Application.Exports;
using Ledger.Cli;
using Ledger.Domain.Amounts;
using Ledger.Domain.Exports;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using Ledger.EventStore.PersonalData;
using Ledger.Testing;
using NodaTime;
using Npgsql;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>A million payments written into files.</summary>
internal sealed class ExportScenario : IScenario
{
    private const int Rows = 1_000_000;

    public string Name => "export";

    public string What => $"{Rows:N0} payments exported as CSV and as a workbook, the files in the database; one process";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await TestCluster.Start(durable: true);
        var connectionString = await cluster.CreateDatabase();
        await using var ledger = await OpenLedger.On(connectionString, new MasterKey(new byte[32]), Beside.Views, ct);
        var tenant = new TenantId(Guid.CreateVersion7());
        _ = await CreateTenantCommand.Write(ledger, new CreateTenant(
            tenant, "Shop", TenantMode.Sandbox, Currency.Parse("USD"), DateTimeZone.Utc, PricesIncludeTax: true, [Frequency.Monthly], new(20, 20)),
            Instant.FromUtc(2026, 1, 1, 12, 0), ct);
        await Fill(connectionString, tenant.ToString(), ct);

        var figures = new List<Figure>();
        foreach (var format in (ExportFormat[])[ExportFormat.Csv, ExportFormat.Xlsx])
        {
            var asked = new ExportRequested(new(Guid.CreateVersion7()), ExportResource.Payments, format, new(2026, 1, 1));
            var file = default(ExportedFile);
            var seconds = await Measure.Seconds(async () =>
            {
                while (file is null) file = await ledger.Get<ExportWork>().Go(tenant.ToString(), asked, LocalDate.MinIsoValue, ct);
            });
            if (file!.Rows != Rows) throw new InvalidOperationException($"{file.Rows} rows.");
            figures.Add(new($"{format.ToString().ToUpperInvariant()}, {file.Bytes / 1e6:0} MB", seconds, "s", Most: 60));
            figures.Add(new("memory of the process, at most until here", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB", Most: 150));
            figures.Add(new("memory that is used then", GC.GetTotalMemory(forceFullCollection: false) / 1e6, "MB"));
        }

        return figures;
    }

    /// <summary>Rows as the view would have them, without the events that they are of.</summary>
    private static async Task Fill(string connectionString, string tenant, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand($"""
            insert into views.payments (tenant_id, id, invoice_id, customer_id, status, currency, amount, captured, refunded, disputed, settling_attempts,
                last_attempt_on, last_attempt_at, provider, provider_reference, version, created_position, created_at, updated_at)
            select '{tenant}', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), case i % 10 when 0 then 'failed' else 'captured' end, 'USD', 1000 + i % 9000,
                1000 + i % 9000, 0, 0, 1, date '2026-01-01', now(), 'sandbox', 'ch_' || i, 2, i, now(), now()
            from generate_series(1, {Rows}) i
            """);
        command.CommandTimeout = 0;
        _ = await command.ExecuteNonQueryAsync(ct);
        await using var analyze = source.CreateCommand("vacuum analyze");
        analyze.CommandTimeout = 0;
        _ = await analyze.ExecuteNonQueryAsync(ct);
    }
}
