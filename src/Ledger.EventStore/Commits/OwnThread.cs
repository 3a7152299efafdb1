using System.Collections.Concurrent;

namespace Ledger.EventStore.Commits;

/// <summary>A thread that does one piece of work after the other, and nothing else.</summary>
internal sealed class OwnThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];

    public OwnThread(string name) => new Thread(Work) { Name = name, IsBackground = true }.Start();

    /// <summary>What the work gives, or throws; who waits for it goes on elsewhere.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public Task<T> Run<T>(Func<T> one)
    {
        var done = new TaskCompletionSource<T>(Background.Promise);
        try
        {
            work.Add(() =>
            {
#pragma warning disable CA1031 // It goes to whoever waits for it.
                try { done.SetResult(one()); }
                catch (Exception e) { done.SetException(e); }
#pragma warning restore CA1031
            });
        }
        catch (InvalidOperationException) { throw new ObjectDisposedException(nameof(OwnThread)); }

        return done.Task;
    }

    /// <summary>Takes no more work; what was given is done.</summary>
    public void Dispose() => work.CompleteAdding();

    private void Work()
    {
        foreach (var one in work.GetConsumingEnumerable()) one();
        work.Dispose();
    }
}
