namespace Ledger.EventStore.Commits;

/// <summary>The call of <c>ledger.write_rows</c>: what the commits of a batch write beside their events.</summary>
internal sealed class BatchRows : SqlCall
{
    private readonly Column<string?> claimTenant, claimKind, claimValue, releaseTenant, releaseKind, releaseValue, keyTenant, keyCaller,
        keyKey, messageTenant, messageType, messageBody, messageOrder, messageCorrelation, messageCausation, personalTenant,
        wordsTenant, wordsTokens, clockTenant, checkpointName;
    private readonly Column<Guid> claimStream, releaseStream, doneId, messageId, personalSubject, wordsSubject;
    private readonly Column<Guid?> keyStream, keySubject;
    private readonly Column<long> checkpointTo;
    private readonly Column<int?> keyStatus;
    private readonly Column<bool> keyIsFirst, keyIsDone, keyForEver;
    private readonly Column<byte[]?> keyHash, keyBody, personalWrapped;
    private readonly Column<DateTime> clockAt;
    private readonly Column<DateTime?> messageDue;

    public BatchRows() : base("select ledger.write_rows")
    {
        (releaseTenant, releaseKind, releaseValue, releaseStream) = (Text("r_tenant"), Text("r_kind"), Text("r_value"), Uuid("r_stream"));
        (claimTenant, claimKind, claimValue, claimStream) = (Text("c_tenant"), Text("c_kind"), Text("c_value"), Uuid("c_stream"));
        (keyTenant, keyCaller, keyKey, keyHash) = (Text("i_tenant"), Text("i_caller"), Text("i_key"), Bytes("i_hash"));
        (keyIsFirst, keyIsDone, keyForEver) = (Bool("i_is_first"), Bool("i_is_done"), Bool("i_for_ever"));
        (keyStream, keySubject) = (Add<Guid?>("i_stream", NpgsqlDbType.Uuid), Add<Guid?>("i_subject", NpgsqlDbType.Uuid));
        (keyStatus, keyBody) = (Add<int?>("i_status", NpgsqlDbType.Integer), Bytes("i_body"));
        (clockTenant, clockAt) = (Text("t_tenant"), Add<DateTime>("t_at", NpgsqlDbType.TimestampTz));
        doneId = Uuid("d_id");
        (messageTenant, messageId, messageType, messageBody) = (Text("m_tenant"), Uuid("m_id"), Text("m_type"), Json("m_body"));
        (messageOrder, messageDue) = (Text("m_order_key"), Add<DateTime?>("m_due_at", NpgsqlDbType.TimestampTz));
        (messageCorrelation, messageCausation) = (Text("m_correlation"), Text("m_causation"));
        (personalTenant, personalSubject, personalWrapped) = (Text("k_tenant"), Uuid("k_subject"), Bytes("k_wrapped"));
        (wordsTenant, wordsSubject, wordsTokens) = (Text("x_tenant"), Uuid("x_subject"), Text("x_tokens"));
        (checkpointName, checkpointTo) = (Text("p_name"), Long("p_to"));
    }

    /// <summary>False where no commit writes anything but events.</summary>
    public bool HasRows { get; private set; }

    public void Add(Commit commit)
    {
        HasRows |= commit.Claims.Count + commit.Releases.Count + commit.Sends.Count + commit.Keys.Count + commit.Words.Count > 0
            || commit is not { Idempotency: null, Completes: null, ClockTo: null, Checkpoint: null };
        AddClaims(commit);
        if (commit.Idempotency is { } record) AddKey(record);
        if (commit.Completes is { } done) doneId.Add(done.Id);
        foreach (var message in commit.Sends) AddMessage(message);
        AddPersonal(commit);
        if (commit.ClockTo is { } at)
        {
            clockTenant.Add(commit.Tenant);
            clockAt.Add(at.ToDateTimeUtc());
        }

        if (commit.Checkpoint is { } move)
        {
            checkpointName.Add(move.Name);
            checkpointTo.Add(move.To);
        }
    }

    private void AddClaims(Commit commit)
    {
        foreach (var claim in commit.Claims)
        {
            claimTenant.Add(claim.Scope ?? commit.Tenant);
            claimKind.Add(claim.Kind);
            claimValue.Add(claim.Value);
            claimStream.Add(claim.Owner.Id);
        }

        foreach (var claim in commit.Releases)
        {
            releaseTenant.Add(claim.Scope ?? commit.Tenant);
            releaseKind.Add(claim.Kind);
            releaseValue.Add(claim.Value);
            releaseStream.Add(claim.Owner.Id);
        }
    }

    private void AddKey(IdempotencyRecord record)
    {
        keyTenant.Add(record.Key.Tenant);
        keyCaller.Add(record.Key.Caller);
        keyKey.Add(record.Key.Key);
        keyHash.Add(record.RequestHash);
        keyIsFirst.Add(record.IsFirst);
        keyIsDone.Add(record.IsDone);
        keyStream.Add(record.Stream);
        keyStatus.Add(record.Status);
        keyBody.Add(record.Body);
        keySubject.Add(record.Subject);
        keyForEver.Add(record.KeptForEver);
    }

    private void AddMessage(NewMessage message)
    {
        messageTenant.Add(message.Tenant);
        messageId.Add(message.Id);
        messageType.Add(message.Type);
        messageBody.Add(message.Json);
        messageOrder.Add(message.OrderKey);
        messageDue.Add(message.NotBefore?.ToDateTimeUtc());
        messageCorrelation.Add(message.CorrelationId);
        messageCausation.Add(message.CausationId);
    }

    private void AddPersonal(Commit commit)
    {
        foreach (var key in commit.Keys)
        {
            personalTenant.Add(commit.Tenant);
            personalSubject.Add(key.Subject);
            personalWrapped.Add(key.Wrapped);
        }

        foreach (var words in commit.Words)
        {
            wordsTenant.Add(commit.Tenant);
            wordsSubject.Add(words.Subject);
            wordsTokens.Add(string.Join(' ', words.Tokens.Select(Convert.ToHexStringLower)));
        }
    }
}
