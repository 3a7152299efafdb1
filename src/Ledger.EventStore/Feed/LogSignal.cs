namespace Ledger.EventStore.Feed;

/// <summary>Wakes whoever waits for something new: at once in this process, within a poll from others.</summary>
public sealed class LogSignal
{
    private volatile TaskCompletionSource next = New();

    /// <summary>Something has happened: all who wait go on.</summary>
    public void Raise() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>What to await; take it before looking, so that nothing that happens in between is missed.</summary>
    public Task Next => next.Task;

    /// <summary>Waits until something happens, or the time is up: the poll is the safety net.</summary>
    public static Task Wait(Task signal, TimeSpan most, CancellationToken ct) => Wait(signal, most, TimeProvider.System, ct);

    internal static async Task Wait(Task signal, TimeSpan most, TimeProvider time, CancellationToken ct)
    {
        await signal.WaitAsync(most, time, ct)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        ct.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(Background.Promise);
}
