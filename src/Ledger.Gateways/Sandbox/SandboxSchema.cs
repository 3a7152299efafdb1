using Npgsql;

namespace Ledger.Gateways.Sandbox;

internal static class SandboxSchema
{
    /// <summary>Any number nobody else locks; "sandbox" in ASCII.</summary>
    private const long LockKey = 0x73616e64626f78;

    /// <summary>Creates what is missing. Processes that start together take turns.</summary>
    public static async Task Create(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using (var turn = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection))
        {
            turn.Parameters.Add(new() { Value = LockKey });
            await turn.ExecuteNonQueryAsync(ct);
        }
        await using (var schema = new NpgsqlCommand(await Text(ct), connection))
        {
            await schema.ExecuteNonQueryAsync(ct);
        }
        await transaction.CommitAsync(ct);
    }

    private static async Task<string> Text(CancellationToken ct)
    {
        await using var stream = typeof(SandboxSchema).Assembly.GetManifestResourceStream("Ledger.Gateways.Sandbox.sandbox.sql")
            ?? throw new InvalidOperationException("sandbox.sql is not in the assembly.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }
}
