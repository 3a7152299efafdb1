using System.Security.Cryptography;
using Ledger.Gateways.Payments;
using Npgsql;

namespace Ledger.Gateways.Sandbox;

/// <content>Card entry on the provider's own page, where the number never comes near the ledger.</content>
public sealed partial class SandboxProvider
{
    private const int ReturnUrlLengthMax = 2_000;

    /// <summary>Begins a card entry. The id cannot be guessed: who has it may enter a card.</summary>
    /// <param name="returnUrl">Absolute, http or https, at most 2 000 characters.</param>
    public async Task<string> CreateSetup(string tenant, Uri returnUrl, CancellationToken ct)
    {
        CheckText(tenant, nameof(tenant));
        if (!returnUrl.IsAbsoluteUri || returnUrl.Scheme is not ("http" or "https")
            || returnUrl.AbsoluteUri.Length > ReturnUrlLengthMax)
            throw new ArgumentException("A return address is an absolute http or https URL.", nameof(returnUrl));
        var id = $"sbx_setup_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        await using var command = Command(
            "insert into sandbox.setups (id, tenant, return_url) values ($1, $2, $3)", id, tenant, returnUrl.AbsoluteUri);
        await command.ExecuteNonQueryAsync(ct);
        return id;
    }

    /// <summary>Enters a card. The first one decides; entering again gives what the first led to.</summary>
    /// <returns>Completed, or failed with the code the card was refused with; null when there is no such setup.</returns>
    public async Task<SandboxSetup?> CompleteSetup(string id, CardDetails card, CancellationToken ct)
    {
        var (status, token, fingerprint, code) = Entered(card);
        await using var command = Command(
            """
            update sandbox.setups set status = $2, token = $3, fingerprint = $4, failure_code = $5
            where id = $1 and status = 'pending'
            """,
            id, status, token, fingerprint, code);
        await command.ExecuteNonQueryAsync(ct);
        return await FindSetup(id, ct);
    }

    /// <summary>How a card entry stands; null when there is no such setup.</summary>
    public async Task<SandboxSetup?> FindSetup(string id, CancellationToken ct)
    {
        await using var command = Command(
            "select tenant, return_url, status, token, fingerprint, failure_code from sandbox.setups where id = $1", id);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? SetupOf(id, rows) : null;
    }

    private (string Status, object Token, object Fingerprint, object Code) Entered(CardDetails card)
    {
        try
        {
            var taken = Tokenized(card);
            return ("completed", taken.Token, taken.Fingerprint, DBNull.Value);
        }
        catch (CardRefusedException refused)
        {
            return ("failed", DBNull.Value, DBNull.Value, refused.Code);
        }
    }

    private static SandboxSetup SetupOf(string id, NpgsqlDataReader row)
    {
        var (tenant, returnUrl) = (row.GetString(0), new Uri(row.GetString(1)));
        return row.GetString(2) switch
        {
            "pending" => new SandboxSetup.Pending(id, tenant, returnUrl),
            "completed" => new SandboxSetup.Completed(id, tenant, returnUrl, CardOf(row.GetString(3), row.GetString(4))),
            _ => new SandboxSetup.Failed(id, tenant, returnUrl, row.GetString(5)),
        };
    }

    private static TokenizedCard CardOf(string token, string fingerprint)
    {
        var known = SandboxToken.Parse(token) ?? throw new InvalidOperationException("A stored token does not parse.");
        return new TokenizedCard(
            token, known.Card.Brand, known.Card.Last4, fingerprint, known.ExpMonth, known.ExpYear);
    }
}
