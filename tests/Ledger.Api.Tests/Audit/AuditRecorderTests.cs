using Ledger.Api.Audit;
using Ledger.EventStore.Audit;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;

namespace Ledger.Api.Tests.Audit;

/// <summary>What goes beside the log is written behind the requests' backs: bounded, counted where it is lost, and to its end on stop.</summary>
public class AuditRecorderTests
{
    [Fact]
    public void What_finds_the_queue_full_is_dropped_and_counted()
    {
        using var recorder = new AuditRecorder(null!, null!, SystemClock.Instance, NullLogger<AuditRecorder>.Instance);   // Not started: nobody empties it.
        for (var i = 0; i < AuditRecorder.QueueMax + 3; i++) recorder.Add(new RequestOrigin("t", "r", default, null, null));
        recorder.Dropped.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_in_the_queue_is_written_before_the_process_ends()
    {
        string connectionString, tenant;
        await using (var app = await LedgerApp.Start(runsWorkers: false))
        {
            connectionString = app.ConnectionString;
            var made = await app.NewTenant();
            tenant = made.Name;
            for (var i = 0; i < 20; i++) _ = (await made.Admin.Post("/products", new { name = "P" })).Is(201);
            _ = await made.Staff.Get($"/customers/{Guid.NewGuid()}");
        }

        await using var source = NpgsqlDataSource.Create(connectionString);
        (await Count("request_origins")).ShouldBe(20);
        (await Count("access_log")).ShouldBe(1);

        async Task<long> Count(string table)
        {
            await using var command = source.CreateCommand($"select count(*) from ledger.{table} where tenant_id = '{tenant}'");
            return (long)(await command.ExecuteScalarAsync())!;
        }
    }
}
