using System.Security.Cryptography;
using System.Text;
using Ledger.Gateways.Payments;
using Npgsql;

namespace Ledger.Gateways.Sandbox;

/// <content>Intents that a browser pays by their client secret.</content>
public sealed partial class SandboxProvider
{
    private const string IntentColumns = "id, client_secret, tenant, amount, currency, charge_reference, failure_code";

    public async Task<ProviderIntent> CreateIntent(IntentRequest request, CancellationToken ct)
    {
        CheckText(request.Tenant, nameof(request.Tenant));
        CheckText(request.IdempotencyKey, nameof(request.IdempotencyKey));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Amount, nameof(request.Amount));
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{request.Tenant}\n{request.IdempotencyKey}"));
        var id = $"sbx_pi_{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
        await using (var command = Command(
            """
            insert into sandbox.intents (id, client_secret, tenant, amount, currency) values ($1, $2, $3, $4, $5) on conflict do nothing
            """,
            id, $"{id}_secret_{RandomNumberGenerator.GetHexString(32, lowercase: true)}", request.Tenant, request.Amount, request.Currency))
        {
            await command.ExecuteNonQueryAsync(ct);
        }

        return (await FindIntent(request.Tenant, id, ct))!;
    }

    public Task<ProviderIntent?> FindIntent(string tenant, string reference, CancellationToken ct) =>
        OneIntent($"select {IntentColumns} from sandbox.intents where tenant = $1 and id = $2", ct, tenant, reference);

    /// <summary>Pays an intent as a browser does. One that is paid stays so, whatever card comes after.</summary>
    /// <param name="day">Today in the tenant's time zone and by its clock.</param>
    /// <returns>The intent as it stands then; null when no intent has this secret.</returns>
    /// <exception cref="CardRefusedException">The card is malformed, or none of the test cards.</exception>
    public Task<ProviderIntent?> PayIntent(string clientSecret, CardDetails card, DateOnly day, CancellationToken ct)
    {
        var decline = SandboxToken.Parse(Tokenized(card).Token)!.Value.DeclineOn(day);
        return OneIntent(
            $"""
            update sandbox.intents set
                charge_reference = coalesce(charge_reference, case when $2::text is null then 'sbx_ch_' || substr(id, 8) end),
                failure_code = case when charge_reference is null then $2::text end
            where client_secret = $1 returning {IntentColumns}
            """, ct, clientSecret, (object?)decline ?? DBNull.Value);
    }

    /// <summary>The intent that has this secret; null when there is none.</summary>
    public Task<ProviderIntent?> FindIntentBySecret(string clientSecret, CancellationToken ct) =>
        OneIntent($"select {IntentColumns} from sandbox.intents where client_secret = $1", ct, clientSecret);

    private async Task<ProviderIntent?> OneIntent(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Command(sql, values);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? IntentOf(rows) : null;
    }

    private static ProviderIntent IntentOf(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), row.IsDBNull(6) ? null : row.GetString(6));
}
