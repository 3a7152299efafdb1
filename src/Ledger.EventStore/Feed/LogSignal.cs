namespace Ledger.EventStore.Feed;

/// <summary>Wakes whoever waits for something new: at once in this process, within a poll from others.</summary>
public sealed class LogSignal
{
    private volatile TaskCompletionSource next = New();

    /// <summary>Something has happened: all who wait go on.</summary>
    public void Raise() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>What to await; take it before looking, so that nothing that happens in between is missed.</summary>
    public Task Next => next.Task;

    /// <summary>Waits until something happens, or the time is up.</summary>
    public static async Task Wait(Task signal, TimeSpan most, CancellationToken ct)
    {
        try { await signal.WaitAsync(most, ct); }
        catch (TimeoutException) { }   // The poll is the safety net.
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
