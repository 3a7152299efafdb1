namespace Ledger.EventStore.Feed;

/// <summary>The signals of this process, and their echo to and from the others over <c>NOTIFY</c>.</summary>
/// <remarks>
/// Turns never notify: that would take a lock of the whole server at commit. A notifier with its own connection tells the
/// others at most once in 10 ms. When it or the listener fails, polls still find everything.
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
    private Task running = Task.CompletedTask;
    private long head;

    public ProcessSignals(LedgerDatabase database, Turns turns)
    {
        this.database = database;
        turns.Ended += ended =>
        {
            Seen(ended.Head);
            if (ended.HasMessages) Messages.Raise();
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
        await next.WaitAsync(ct);
        await Task.Delay(Debounce, ct);
        await using var command = database.Source.CreateCommand("select pg_notify($1, $2)");
        _ = command.Parameters.Add(new() { Value = Channel });
        _ = command.Parameters.Add(new() { Value = self });
        _ = await command.ExecuteNonQueryAsync(ct);
    });

    private Task Listen() => Forever(async ct =>
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        connection.Notification += (_, notice) =>
        {
            if (notice.Payload == self) return;
            Log.Raise();
            Messages.Raise();
            Views.Raise();
        };
        await using (var command = new NpgsqlCommand($"listen {Channel}", connection)) _ = await command.ExecuteNonQueryAsync(ct);
        while (true) await connection.WaitAsync(ct);
    });

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
