namespace Ledger.Simulation.Tests.Stage;

/// <summary>The scheduler's time, as one actor's clock and timers.</summary>
internal sealed class StageTime(Scheduler scheduler, Actor actor) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => scheduler.Now.Ticks;
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + scheduler.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        _ = timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(StageTime time, TimerCallback callback, object? state) : ITimer
    {
        private int setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException("No timer here repeats.");
            var set = ++setting;
            if (dueTime == Timeout.InfiniteTimeSpan) return true;
            time.Scheduler.After(dueTime, time.Actor, () =>
            {
                if (set == setting) callback(state);
            });
            return true;
        }

        public void Dispose() => setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private Scheduler Scheduler => scheduler;
    private Actor Actor => actor;
}
