using Ledger.Gateways.Payments;
using Npgsql;

namespace Ledger.Gateways.Sandbox;

/// <content>Money that is held.</content>
public sealed partial class SandboxProvider
{
    /// <exception cref="ProviderOutcomeUnknownException">No answer came. Ask again.</exception>
    public Task<HoldAnswer> Capture(HoldRequest request, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Amount, nameof(request.Amount));
        return Settle(request, ct);
    }

    /// <exception cref="ProviderOutcomeUnknownException">No answer came. Ask again.</exception>
    public Task<HoldAnswer> Release(HoldRequest request, CancellationToken ct) => Settle(request with { Amount = 0 }, ct);

    private async Task<HoldAnswer> Settle(HoldRequest request, CancellationToken ct)
    {
        CheckText(request.Tenant, nameof(request.Tenant));
        CheckText(request.ChargeReference, nameof(request.ChargeReference));
        try
        {
            return await Ask(request, ct).WaitAsync(options.Timeout, ct);
        }
        catch (Exception silence) when (silence is NpgsqlException or TimeoutException)
        {
            throw new ProviderOutcomeUnknownException("The sandbox provider did not answer in time.", silence);
        }
    }

    private async Task<HoldAnswer> Ask(HoldRequest request, CancellationToken ct)
    {
        await using var command = Command(
            "select sandbox.settle_hold($1, $2, $3)", request.Tenant, request.ChargeReference, request.Amount);
        return (string)(await command.ExecuteScalarAsync(ct))! is var answer && answer == "done"
            ? new HoldAnswer.Done()
            : new HoldAnswer.Refused(answer);
    }
}
