namespace Ledger.Api.Health;

/// <summary>Remembers that the database had no room to write, so that health says what is wrong while reads still work.</summary>
internal sealed class DiskFaults(IClock clock)
{
    /// <summary>PostgreSQL's code for a full disk.</summary>
    public const string State = "53100";

    /// <summary>For how long after the last time: a minute of writes without it shows that there is room again.</summary>
    private static readonly Duration Shown = Duration.FromMinutes(1);

    private long lastTicks = long.MinValue;

    public bool IsFull => clock.GetCurrentInstant().ToUnixTimeTicks() - Shown.BclCompatibleTicks < Interlocked.Read(ref lastTicks);

    public void Note() => Interlocked.Exchange(ref lastTicks, clock.GetCurrentInstant().ToUnixTimeTicks());
}
