namespace Ledger.EventStore.Commits;

/// <summary>By the database function <c>ledger.take_turn</c>, or by its short form where that will do.</summary>
/// <remarks>
/// One turn at a time. The connection, and each statement with its parameters, stay from turn to turn; when anything fails,
/// they are made anew. The database is let go of between two turns, never in the middle of one.
/// </remarks>
#pragma warning disable CA1001 // A semaphore that nobody waits for outside of tasks holds nothing to be freed.
internal sealed class TurnTaker : ITurnTaker
#pragma warning restore CA1001
{
    private readonly LedgerDatabase database;
    private readonly SemaphoreSlim use = new(1);
    private NpgsqlConnection? connection;
    private TurnCall call = new();
    private ShortTurn shortly = new();
    private bool isClosed;

    public TurnTaker(LedgerDatabase database)
    {
        this.database = database;
        database.DisposeFirst(LetGo);
    }

    public Task<TurnTaken> Take(IReadOnlyList<Commit> commits) => Use(on =>
        commits is [var only] && ShortTurn.Fits(only) ? TakeShort(on, only) : TakeLong(on, commits));

    public Task<CommitResult.Committed?> FindWritten(Commit commit) => Use(on => WrittenBefore.Find(on, commit));

    private async ValueTask LetGo()
    {
        await use.WaitAsync();
        isClosed = true;
        await Forget();
        _ = use.Release();
    }

    private async Task<T> Use<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        await use.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(isClosed, database);
            connection ??= await database.TurnSource.OpenConnectionAsync();
            return await work(connection);
        }
        catch
        {
            await Forget();
            throw;
        }
        finally { _ = use.Release(); }
    }

    private async Task<TurnTaken> TakeShort(NpgsqlConnection on, Commit commit)
    {
        await using var reader = await Run(shortly.Command(on, commit));
        return ShortTurn.Read(reader, commit);
    }

    private async Task<TurnTaken> TakeLong(NpgsqlConnection on, IReadOnlyList<Commit> commits)
    {
        await using var reader = await Run(call.Command(on, commits));
        var answer = TurnAnswer.Read(reader);
        return new(answer.Head, answer.Results(commits, call));
    }

    private async Task<NpgsqlDataReader> Run(NpgsqlCommand command)
    {
        if (!command.IsPrepared) await database.Prepare(command, CancellationToken.None);
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow);
        _ = await reader.ReadAsync();
        return reader;
    }

    private async ValueTask Forget()
    {
        (call, shortly) = (new(), new());
        if (connection is not { } held) return;
        connection = null;
        await held.DisposeAsync();
    }
}
