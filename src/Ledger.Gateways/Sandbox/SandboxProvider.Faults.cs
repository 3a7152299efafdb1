namespace Ledger.Gateways.Sandbox;

/// <summary>A way for charges to go wrong.</summary>
public enum SandboxFaultMode
{
    /// <summary>The request comes in late, and charges then, whether or not its caller still waits.</summary>
    Slow,

    /// <summary>The request is lost: nothing is charged, and no answer comes.</summary>
    TimeoutBeforeCharge,

    /// <summary>The answer is lost: the charge is made, and no answer comes.</summary>
    TimeoutAfterCharge,
}

/// <param name="Times">How many charge requests meet it, repeats included; null until it is cleared.</param>
/// <param name="Delay">How late a slow request comes in, in whole milliseconds. The others have none.</param>
public sealed record SandboxFault(SandboxFaultMode Mode, int? Times = null, TimeSpan Delay = default);

/// <content>
/// Faults are kept and used up in the database, so that they hold for every process and over restarts. They meet
/// charges only; asking what became of a key always works.
/// </content>
public sealed partial class SandboxProvider
{
    /// <summary>Stands for every tenant.</summary>
    public const string EveryTenant = "*";

    /// <summary>Adds a fault for charges to come. A tenant's own are used up first, in the order they were set.</summary>
    public async Task SetFault(string tenant, SandboxFault fault, CancellationToken ct)
    {
        CheckText(tenant, nameof(tenant));
        if (fault.Times is { } times) ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times, nameof(fault.Times));
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Delay, TimeSpan.Zero, nameof(fault.Delay));
        await using var command = Command(
            "insert into sandbox.faults (tenant, mode, delay_ms, remaining) values ($1, $2, $3, $4)",
            tenant, StoredMode(fault.Mode), checked((int)fault.Delay.TotalMilliseconds), (object?)fault.Times ?? DBNull.Value);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes away the faults set for this tenant, or those set for <see cref="EveryTenant"/>; not both.</summary>
    public async Task ClearFaults(string tenant, CancellationToken ct)
    {
        CheckText(tenant, nameof(tenant));
        await using var command = Command("delete from sandbox.faults where tenant = $1", tenant);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static string StoredMode(SandboxFaultMode mode) => mode switch
    {
        SandboxFaultMode.Slow => "slow",
        SandboxFaultMode.TimeoutBeforeCharge => "timeout_before_charge",
        SandboxFaultMode.TimeoutAfterCharge => "timeout_after_charge",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a fault mode."),
    };
}
