namespace Ledger.EventStore.Commits;

/// <summary>The call of <c>ledger.begin_batch</c>: what each commit of a batch expects to find, and the numbers it wants.</summary>
internal sealed class BatchCheck : SqlCall
{
    private readonly Column<int> streamCommit, claimCommit, keyCommit, doneCommit, doneAttempts, checkpointCommit, numberCommit;
    private readonly Column<string?> streamTenant, claimTenant, claimKind, claimValue, keyTenant, keyCaller, keyKey,
        checkpointName, checkpointLease, numberTenant, numberSeries;
    private readonly Column<Guid> streamId, claimStream, doneId;
    private readonly Column<long> streamExpected, checkpointFrom;
    private readonly Column<long?> checkpointEpoch;
    private readonly List<StreamId> streams = [];
    private readonly List<Claim> claims = [];

    public BatchCheck(IReadOnlyList<Commit> commits) : base("select recorded_at, base, failed, outcomes, details, numbers from ledger.begin_batch")
    {
        (streamCommit, streamTenant, streamId, streamExpected) = (Int("s_commit"), Text("s_tenant"), Uuid("s_id"), Long("s_expected"));
        (claimCommit, claimTenant, claimKind) = (Int("c_commit"), Text("c_tenant"), Text("c_kind"));
        (claimValue, claimStream) = (Text("c_value"), Uuid("c_stream"));
        (keyCommit, keyTenant, keyCaller, keyKey) = (Int("i_commit"), Text("i_tenant"), Text("i_caller"), Text("i_key"));
        (doneCommit, doneId, doneAttempts) = (Int("d_commit"), Uuid("d_id"), Int("d_attempts"));
        (checkpointCommit, checkpointName, checkpointFrom) = (Int("p_commit"), Text("p_name"), Long("p_from"));
        (checkpointLease, checkpointEpoch) = (Text("p_lease"), Add<long?>("p_epoch", NpgsqlDbType.Bigint));
        (numberCommit, numberTenant, numberSeries) = (Int("n_commit"), Text("n_tenant"), Text("n_series"));
        for (var i = 0; i < commits.Count; i++) Add(i, commits[i]);
    }

    /// <summary>Sends it before everything else of a batch, of which it then refuses all if a commit does not fit.</summary>
    public Statement AllOrNone(Action<BatchBegun> begun)
    {
        Add("all_or_none", true, NpgsqlDbType.Boolean);
        return First(row => begun(Read(row)));
    }

    /// <summary>Asks what fits.</summary>
    public async Task<BatchBegun> Ask(NpgsqlConnection on)
    {
        await using var command = Command(on);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow);
        _ = await reader.ReadAsync();
        return Read(reader);
    }

    private static BatchBegun Read(NpgsqlDataReader row) => new(
        row.GetInstant(0), row.GetInt64(1), row.GetFieldValue<int[]>(2), row.GetFieldValue<int[]>(3),
        row.GetFieldValue<int[]>(4), row.IsDBNull(5) ? null : row.GetFieldValue<long?[]>(5));

    /// <summary>Why a commit was refused.</summary>
    /// <param name="detail">The ordinal, from 1, of the stream or claim that refused.</param>
    public CommitResult Refusal(int outcome, int detail) => outcome switch
    {
        1 => new CommitResult.StreamMovedOn(streams[detail - 1]),
        2 => new CommitResult.ClaimTaken(claims[detail - 1]),
        3 => new CommitResult.KeyKnown(),
        4 => new CommitResult.MessageLost(),
        5 => new CommitResult.CheckpointLost(),
        _ => throw new System.Diagnostics.UnreachableException($"A batch answered {outcome}."),
    };

    private void Add(int ordinal, Commit commit)
    {
        foreach (var (stream, version, _) in commit.Streams)
        {
            streams.Add(stream);
            streamCommit.Add(ordinal);
            streamTenant.Add(commit.Tenant);
            streamId.Add(stream.Id);
            streamExpected.Add(version);
        }

        foreach (var claim in commit.Claims)
        {
            claims.Add(claim);
            claimCommit.Add(ordinal);
            claimTenant.Add(claim.Scope ?? commit.Tenant);
            claimKind.Add(claim.Kind);
            claimValue.Add(claim.Value);
            claimStream.Add(claim.Owner.Id);
        }

        if (commit.Idempotency is { IsFirst: true, Key: var key })
        {
            keyCommit.Add(ordinal);
            keyTenant.Add(key.Tenant);
            keyCaller.Add(key.Caller);
            keyKey.Add(key.Key);
        }

        if (commit.Completes is { } done)
        {
            doneCommit.Add(ordinal);
            doneId.Add(done.Id);
            doneAttempts.Add(done.Attempts);
        }

        if (commit.Checkpoint is { } move)
        {
            checkpointCommit.Add(ordinal);
            checkpointName.Add(move.Name);
            checkpointFrom.Add(move.From);
            checkpointLease.Add(move.LeaseName);
            checkpointEpoch.Add(move.Epoch);
        }

        foreach (var numbered in commit.Events.Select(one => one.Event).OfType<INumberedEvent>())
        {
            numberCommit.Add(ordinal);
            numberTenant.Add(commit.Tenant);
            numberSeries.Add(numbered.Series);
        }
    }
}

/// <summary>What <c>ledger.begin_batch</c> said.</summary>
/// <param name="Numbers">Those drawn, one for each numbered event; null for the events of a refused commit.</param>
internal sealed record BatchBegun(Instant RecordedAt, long Base, int[] Failed, int[] Outcomes, int[] Details, long?[]? Numbers);
