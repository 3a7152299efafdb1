using System.Collections.Concurrent;
using Ledger.EventStore.PersonalData;

namespace Ledger.EventStore.Feed;

/// <summary>The signals of this process, and their echo to and from the others over <c>NOTIFY</c>.</summary>
/// <remarks>
/// GroupCommit never notify: that would take a lock of the whole server at commit. A notifier with its own connection tells the
/// others at most once in 10 ms. When it or the listener fails, polls still find everything. That a person was erased is told
/// at once, to each by name: a process that hears it lets go of the key, and one that could not hear for a while lets go of all.
/// </remarks>
public sealed class ProcessSignals : IAsyncDisposable
{
    private const string Channel = "ledger";
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly LedgerDatabase database;
    private readonly CancellationTokenSource stop = new();
    private readonly LogSignal told = new();
    private readonly string self = Guid.NewGuid().ToString("N");
    private readonly PersonalKeys? keys;
    private readonly ConcurrentQueue<SubjectErased> erased = new();
    private Task running = Task.CompletedTask;
    private long head;

    /// <param name="keys">What of this process lets go of the keys of those who were erased; null where nothing does.</param>
    public ProcessSignals(LedgerDatabase database, GroupCommit groupCommit, PersonalKeys? keys = null)
    {
        (this.database, this.keys) = (database, keys);
        groupCommit.Ended += ended =>
        {
            Seen(ended.Head);
            if (ended.HasMessages) Messages.Raise();
            told.Raise();
        };
        groupCommit.Erased += person =>
        {
            keys?.Forget(person.Tenant, person.Subject);
            erased.Enqueue(person);
            told.Raise();
        };
    }

    /// <summary>The log has grown.</summary>
    public LogSignal Log { get; } = new();

    /// <summary>There may be messages to take.</summary>
    public LogSignal Messages { get; } = new();

    /// <summary>A view has caught up a little.</summary>
    public LogSignal Views { get; } = new();

    /// <summary>The highest position that this process has seen; the log may be further.</summary>
    public long Head => Interlocked.Read(ref head);

    /// <summary>Starts to tell and to listen.</summary>
    public void Start() => running = Task.WhenAll(Task.Run(Tell), Task.Run(Listen));

    /// <summary>Notes a position that is known to stand.</summary>
    public void Seen(long position)
    {
        for (var known = Head; position > known; known = Head)
            if (Interlocked.CompareExchange(ref head, position, known) == known) Log.Raise();
    }

    /// <summary>Tells everybody that views have moved on.</summary>
    public void ViewsMoved()
    {
        Views.Raise();
        told.Raise();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        stop.Dispose();
    }

    private Task Tell() => Forever(async ct =>
    {
        var next = told.Next;
        if (erased.IsEmpty) await next.WaitAsync(ct);
        while (erased.TryPeek(out var person))
        {
            await Notify($"{self} {person.Subject} {person.Tenant}", ct);
            _ = erased.TryDequeue(out _);
        }

        await Task.Delay(Debounce, ct);
        await Notify(self, ct);
    });

    private async Task Notify(string text, CancellationToken ct)
    {
        await using var command = database.Source.CreateCommand("select pg_notify($1, $2)");
        _ = command.Parameters.Add(new() { Value = Channel });
        _ = command.Parameters.Add(new() { Value = text });
        _ = await command.ExecuteNonQueryAsync(ct);
    }

    private Task Listen() => Forever(async ct =>
    {
        await using var connection = await database.Direct.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) => Hear(notice.Payload);
        await using (var command = new NpgsqlCommand($"listen {Channel}", connection)) _ = await command.ExecuteNonQueryAsync(ct);
        keys?.ForgetAll();   // What was told before now was not heard.
        while (true) await connection.WaitAsync(ct);
    });

    private void Hear(string text)
    {
        var parts = text.Split(' ', 3);
        if (parts[0] == self) return;
        if (parts.Length == 3 && Guid.TryParse(parts[1], out var person)) keys?.Forget(parts[2], person);
        else
        {
            Log.Raise();
            Messages.Raise();
            Views.Raise();
        }
    }

    private async Task Forever(Func<CancellationToken, Task> work)
    {
        while (!stop.IsCancellationRequested)
        {
            try { await work(stop.Token); }
            catch (OperationCanceledException) { }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                await Task.Delay(Retry, stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        }
    }
}
