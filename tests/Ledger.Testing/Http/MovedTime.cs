namespace Ledger.Testing.Http;

/// <summary>The machine's time, ahead by as much as a test says. What waits for time to pass goes on by the machine's.</summary>
public sealed class MovedTime : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public void Move(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
