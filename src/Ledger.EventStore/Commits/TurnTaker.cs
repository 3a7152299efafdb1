namespace Ledger.EventStore.Commits;

/// <summary>By the database function <c>ledger.take_turn</c>, or by its short form where that will do.</summary>
/// <remarks>
/// One turn at a time. The connection, and each statement with its parameters, stay from turn to turn; when anything fails,
/// they are made anew.
/// </remarks>
internal sealed class TurnTaker : ITurnTaker
{
    private readonly LedgerDatabase database;
    private NpgsqlConnection? connection;
    private TurnCall call = new();
    private ShortTurn shortly = new();

    public TurnTaker(LedgerDatabase database)
    {
        this.database = database;
        database.DisposeFirst(Forget);
    }

    public async Task<TurnTaken> Take(IReadOnlyList<Commit> commits)
    {
        try
        {
            connection ??= await database.TurnSource.OpenConnectionAsync();
            return commits is [var only] && ShortTurn.Fits(only) ? await TakeShort(connection, only) : await TakeLong(connection, commits);
        }
        catch
        {
            await Forget();
            throw;
        }
    }

    public async Task<CommitResult.Committed?> FindWritten(Commit commit)
    {
        try
        {
            connection ??= await database.TurnSource.OpenConnectionAsync();
            return await WrittenBefore.Find(connection, commit);
        }
        catch
        {
            await Forget();
            throw;
        }
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
