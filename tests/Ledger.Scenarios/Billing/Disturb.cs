using Npgsql;

namespace Ledger.Scenarios.Billing;

/// <summary>What may befall a tenant whose work waits for its time, and may change nothing of how it ends.</summary>
internal static class Disturb
{
    private static readonly string[] Zones = ["Atlantic/Reykjavik", "Europe/London", "Pacific/Pago_Pago", "Asia/Tokyo"];

    /// <summary>What waits for its time is lost.</summary>
    /// <returns>How many messages that were.</returns>
    public static async Task<int> LoseMessages(string database, TestTenant tenant)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            "delete from ledger.messages where tenant_id = $1 and run_at = 'infinity'");
        command.Parameters.Add(new() { Value = tenant.Name });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The place moves: within a day of where it was.</summary>
    public static async Task MoveZone(Shop shop, Random random)
    {
#pragma warning disable CA5394 // It keeps no secret.
        var zone = Zones[random.Next(Zones.Length)];
#pragma warning restore CA5394
        _ = (await shop.Admin.Patch("/tenants/current/settings", new { time_zone = zone })).Is(200);
    }
}
