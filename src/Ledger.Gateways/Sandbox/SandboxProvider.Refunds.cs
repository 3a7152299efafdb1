using System.Security.Cryptography;
using System.Text;
using Ledger.Gateways.Payments;
using Npgsql;

namespace Ledger.Gateways.Sandbox;

/// <content>Money that goes back.</content>
public sealed partial class SandboxProvider
{
    /// <exception cref="ProviderOutcomeUnknownException">No answer came. Ask again under the same key.</exception>
    public async Task<RefundAnswer> Refund(RefundRequest request, CancellationToken ct)
    {
        CheckText(request.Tenant, nameof(request.Tenant));
        CheckText(request.IdempotencyKey, nameof(request.IdempotencyKey));
        CheckText(request.ChargeReference, nameof(request.ChargeReference));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Amount, nameof(request.Amount));
        try
        {
            return await Send(request, ct).WaitAsync(options.Timeout, ct);
        }
        catch (Exception silence) when (silence is NpgsqlException or TimeoutException)
        {
            throw new ProviderOutcomeUnknownException("The sandbox provider did not answer in time.", silence);
        }
    }

    private async Task<RefundAnswer> Send(RefundRequest request, CancellationToken ct)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{request.Tenant}\n{request.IdempotencyKey}"));
        await using var command = Command(
            "select answer, provider_reference from sandbox.refund($1, $2, $3, $4, $5)", request.Tenant, request.IdempotencyKey,
            request.ChargeReference, request.Amount, $"sbx_re_{Convert.ToHexStringLower(hash.AsSpan(0, 16))}");
        await using var rows = await command.ExecuteReaderAsync(ct);
        _ = await rows.ReadAsync(ct);
        return rows.GetString(0) is var answer && answer == "refunded"
            ? new RefundAnswer.Refunded(rows.GetString(1))
            : new RefundAnswer.Refused(answer, rows.GetString(1));
    }
}
