using System.Diagnostics;
using Ledger.EventStore.Feed;

namespace Ledger.Api.Requests;

/// <summary>Waits for something to happen in the log, whichever process brings it about.</summary>
internal sealed class Waiting(ProcessSignals signals, WaitingTime time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>What <paramref name="look"/> gives as soon as it is there; null when the time is up.</summary>
    public async Task<T?> For<T>(Func<Task<T?>> look, CancellationToken ct) where T : class
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var next = signals.Log.Next;
            if (await look() is { } found) return found;
            if (waited.Elapsed > time.Most) return null;
            await LogSignal.Wait(next, Poll, ct);
        }
    }
}

/// <param name="Most">How long a request waits for what it has set off; after that it answers where to look. Less than a request may take.</param>
internal sealed record WaitingTime(TimeSpan Most)
{
    public static WaitingTime Usual { get; } = new(TimeSpan.FromSeconds(10));
}
