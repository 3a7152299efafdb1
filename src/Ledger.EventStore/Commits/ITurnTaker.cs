namespace Ledger.EventStore.Commits;

/// <summary>Writes the commits of a turn: the only writer of the log.</summary>
internal interface ITurnTaker
{
    /// <summary>Takes one turn. Each commit is written whole or not at all; none of them depends on another.</summary>
    Task<TurnTaken> Take(IReadOnlyList<Commit> commits);

    /// <summary>What a commit that is refused now came to when it had been written before; null when it had not.</summary>
    Task<CommitResult.Committed?> FindWritten(Commit commit);
}

/// <param name="Head">The position of the last event that stands in the log.</param>
/// <param name="Results">One for each commit.</param>
internal readonly record struct TurnTaken(long Head, CommitResult[] Results);

/// <summary>By the database function <c>ledger.take_turn</c>.</summary>
internal sealed class TurnTaker(LedgerDatabase database) : ITurnTaker
{
    public async Task<TurnTaken> Take(IReadOnlyList<Commit> commits)
    {
        var call = new TurnCall();
        for (var i = 0; i < commits.Count; i++) call.Add(i, commits[i]);

        await using var connection = await database.TurnSource.OpenConnectionAsync();
#pragma warning disable CA2100 // The text has nothing but the numbers of its parameters.
        await using var command = new NpgsqlCommand(call.Sql, connection);
#pragma warning restore CA2100
        foreach (var parameter in call.Parameters) _ = command.Parameters.Add(parameter);
        await database.Prepare(command, CancellationToken.None);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow);
        _ = await reader.ReadAsync();
        var answer = TurnAnswer.Read(reader);
        return new(answer.Head, answer.Results(commits, call));
    }

    public async Task<CommitResult.Committed?> FindWritten(Commit commit)
    {
        await using var connection = await database.TurnSource.OpenConnectionAsync();
        return await WrittenBefore.Find(connection, commit);
    }
}
