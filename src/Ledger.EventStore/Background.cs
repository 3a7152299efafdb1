namespace Ledger.EventStore;

/// <summary>Where work goes that nobody waits for: the thread pool, or the one scheduler that whoever starts it runs under.</summary>
internal static class Background
{
    /// <summary>Starts work; it must see to its own failures.</summary>
    public static void Start(Func<Task> work)
    {
        if (SynchronizationContext.Current is SoleScheduler sole) sole.Start(work);
        else _ = Task.Run(work);
    }

    /// <summary>Begins work on this very thread, up to where it first waits; nothing of the caller's context goes along.</summary>
    public static void Begin(Func<Task> work)
    {
        if (SynchronizationContext.Current is not null || TaskScheduler.Current != TaskScheduler.Default || ExecutionContext.IsFlowSuppressed())
        {
            Start(work);
            return;
        }

        using (ExecutionContext.SuppressFlow()) _ = work();
    }

    /// <summary>How a promise is made whose keeper must not run what follows from it.</summary>
    /// <remarks>A sole scheduler sees to that itself; the flag would let its continuations escape to the thread pool.</remarks>
    public static TaskCreationOptions Promise => SynchronizationContext.Current is SoleScheduler
        ? TaskCreationOptions.None
        : TaskCreationOptions.RunContinuationsAsynchronously;
}

/// <summary>Runs everything that is started under it, one step at a time and in an order of its own.</summary>
internal abstract class SoleScheduler : SynchronizationContext
{
    public abstract void Start(Func<Task> work);
}
