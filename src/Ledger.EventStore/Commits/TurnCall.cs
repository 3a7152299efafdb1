namespace Ledger.EventStore.Commits;

/// <summary>The arguments of one call of <c>ledger.take_turn</c>: what all commits of a turn write, column by column.</summary>
internal sealed class TurnCall
{
    private readonly List<NpgsqlParameter> parameters = new(90);
    private readonly Column<int> streamCommit, streamEvents, eventCommit, claimCommit, releaseCommit, keyCommit, doneCommit,
        doneAttempts, messageCommit, personalCommit, wordsCommit, clockCommit, checkpointCommit;
    private readonly Column<string?> streamTenant, streamType, eventTenant, eventStreamType, eventType, dotnetType, eventData,
        eventCorrelation, eventCausation, eventHeaders, eventUser, eventActor, eventSeries, claimTenant, claimKind, claimValue,
        releaseTenant, releaseKind, releaseValue, keyTenant, keyCaller, keyOperation, keyKey, messageTenant, messageType,
        messageBody, messageOrder, messageCorrelation, messageCausation, personalTenant, wordsTenant, wordsTokens, clockTenant,
        checkpointName, checkpointLease;
    private readonly Column<Guid> streamId, eventStream, eventId, claimStream, releaseStream, doneId, messageId, personalSubject, wordsSubject;
    private readonly Column<Guid?> keyStream, keySubject;
    private readonly Column<long> streamExpected, eventVersion, checkpointFrom, checkpointTo;
    private readonly Column<long?> checkpointEpoch;
    private readonly Column<int?> keyStatus;
    private readonly Column<bool> keyIsFirst, keyIsDone, keyForEver;
    private readonly Column<byte[]?> keyHash, keyBody, personalWrapped;
    private readonly Column<DateTime> eventEffective, clockAt;
    private readonly Column<DateTime?> messageDue;

    // The order here is the order of the function's arguments.
    public TurnCall()
    {
        (streamCommit, streamTenant, streamId) = (Int(), Text(), Uuid());
        (streamType, streamExpected, streamEvents) = (Text(), Long(), Int());
        (eventCommit, eventTenant, eventStream, eventStreamType) = (Int(), Text(), Uuid(), Text());
        (eventVersion, eventId, eventType, dotnetType) = (Long(), Uuid(), Text(), Text());
        (eventData, eventCorrelation, eventCausation, eventHeaders) = (Json(), Text(), Text(), Json());
        (eventUser, eventActor, eventEffective, eventSeries) = (Text(), Text(), Time<DateTime>(), Text());
        (claimCommit, claimTenant, claimKind, claimValue, claimStream) = (Int(), Text(), Text(), Text(), Uuid());
        (releaseCommit, releaseTenant, releaseKind, releaseValue, releaseStream) = (Int(), Text(), Text(), Text(), Uuid());
        (keyCommit, keyTenant, keyCaller, keyOperation, keyKey) = (Int(), Text(), Text(), Text(), Text());
        (keyHash, keyIsFirst, keyIsDone, keyStream) = (Bytes(), Bool(), Bool(), Add<Guid?>(NpgsqlDbType.Uuid));
        (keyStatus, keyBody, keySubject, keyForEver) = (Add<int?>(NpgsqlDbType.Integer), Bytes(), Add<Guid?>(NpgsqlDbType.Uuid), Bool());
        (doneCommit, doneId, doneAttempts) = (Int(), Uuid(), Int());
        (messageCommit, messageTenant, messageId, messageType) = (Int(), Text(), Uuid(), Text());
        (messageBody, messageOrder, messageDue) = (Json(), Text(), Time<DateTime?>());
        (messageCorrelation, messageCausation) = (Text(), Text());
        (personalCommit, personalTenant, personalSubject, personalWrapped) = (Int(), Text(), Uuid(), Bytes());
        (wordsCommit, wordsTenant, wordsSubject, wordsTokens) = (Int(), Text(), Uuid(), Text());
        (clockCommit, clockTenant, clockAt) = (Int(), Text(), Time<DateTime>());
        (checkpointCommit, checkpointName, checkpointFrom, checkpointTo) = (Int(), Text(), Long(), Long());
        (checkpointLease, checkpointEpoch) = (Text(), Add<long?>(NpgsqlDbType.Bigint));
        Sql = $"select recorded_at, head, failed, outcomes, details, numbers from ledger.take_turn({string.Join(',', Enumerable.Range(1, parameters.Count).Select(n => $"${n}"))})";
    }

    public string Sql { get; }

    public IReadOnlyList<NpgsqlParameter> Parameters => parameters;

    /// <summary>Which stream a stream ordinal of the answer means, and which claim a claim ordinal.</summary>
    public List<StreamId> Streams { get; } = [];

    public List<Claim> Claims { get; } = [];

    public void Add(int ordinal, Commit commit)
    {
        foreach (var (stream, version, events) in commit.Streams)
        {
            Streams.Add(stream);
            streamCommit.Add(ordinal);
            streamTenant.Add(commit.Tenant);
            streamId.Add(stream.Id);
            streamType.Add(stream.Category);
            streamExpected.Add(version);
            streamEvents.Add(events);
        }

        if (commit.Events.Count > 0) AddEvents(ordinal, commit);
        AddClaims(ordinal, commit);
        if (commit.Idempotency is { } key) AddKey(ordinal, key);
        if (commit.Completes is { } done)
        {
            doneCommit.Add(ordinal);
            doneId.Add(done.Id);
            doneAttempts.Add(done.Attempts);
        }

        foreach (var message in commit.Sends) AddMessage(ordinal, message);
        AddRare(ordinal, commit);
    }

    private void AddEvents(int ordinal, Commit commit)
    {
        var headers = commit.Headers ?? throw new InvalidOperationException("Events without headers would have no author.");
        var json = Events.EventJson.WriteHeaders(headers);
        var effective = headers.EffectiveAt.ToDateTimeUtc();
        var actor = $"{headers.ActorKind}:{headers.ActorId}";
        foreach (var one in commit.Events)
        {
            eventCommit.Add(ordinal);
            eventTenant.Add(commit.Tenant);
            eventStream.Add(one.Stream.Id);
            eventStreamType.Add(one.Stream.Category);
            eventVersion.Add(one.Version);
            eventId.Add(one.Id);
            eventType.Add(one.Type);
            dotnetType.Add(EventKind.Of(one).DotnetName);
            eventData.Add(one.Json);
            eventCorrelation.Add(commit.CorrelationId);
            eventCausation.Add(commit.CausationId);
            eventHeaders.Add(json);
            eventUser.Add(actor);
            eventActor.Add(actor);
            eventEffective.Add(effective);
            eventSeries.Add((one.Event as INumberedEvent)?.Series);
        }
    }

    private void AddClaims(int ordinal, Commit commit)
    {
        foreach (var claim in commit.Claims)
        {
            Claims.Add(claim);
            claimCommit.Add(ordinal);
            claimTenant.Add(commit.Tenant);
            claimKind.Add(claim.Kind);
            claimValue.Add(claim.Value);
            claimStream.Add(claim.Owner.Id);
        }

        foreach (var claim in commit.Releases)
        {
            releaseCommit.Add(ordinal);
            releaseTenant.Add(commit.Tenant);
            releaseKind.Add(claim.Kind);
            releaseValue.Add(claim.Value);
            releaseStream.Add(claim.Owner.Id);
        }
    }

    private void AddKey(int ordinal, IdempotencyRecord record)
    {
        keyCommit.Add(ordinal);
        keyTenant.Add(record.Key.Tenant);
        keyCaller.Add(record.Key.Caller);
        keyOperation.Add(record.Key.Operation);
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

    private void AddMessage(int ordinal, NewMessage message)
    {
        messageCommit.Add(ordinal);
        messageTenant.Add(message.Tenant);
        messageId.Add(message.Id);
        messageType.Add(message.Type);
        messageBody.Add(message.Json);
        messageOrder.Add(message.OrderKey);
        messageDue.Add(message.NotBefore?.ToDateTimeUtc());
        messageCorrelation.Add(message.CorrelationId);
        messageCausation.Add(message.CausationId);
    }

    private void AddRare(int ordinal, Commit commit)
    {
        foreach (var key in commit.Keys)
        {
            personalCommit.Add(ordinal);
            personalTenant.Add(commit.Tenant);
            personalSubject.Add(key.Subject);
            personalWrapped.Add(key.Wrapped);
        }

        foreach (var words in commit.Words)
        {
            wordsCommit.Add(ordinal);
            wordsTenant.Add(commit.Tenant);
            wordsSubject.Add(words.Subject);
            wordsTokens.Add(string.Join(' ', words.Tokens.Select(Convert.ToHexStringLower)));
        }

        if (commit.ClockTo is { } at)
        {
            clockCommit.Add(ordinal);
            clockTenant.Add(commit.Tenant);
            clockAt.Add(at.ToDateTimeUtc());
        }

        if (commit.Checkpoint is { } checkpoint)
        {
            checkpointCommit.Add(ordinal);
            checkpointName.Add(checkpoint.Name);
            checkpointFrom.Add(checkpoint.From);
            checkpointTo.Add(checkpoint.To);
            checkpointLease.Add(checkpoint.LeaseName);
            checkpointEpoch.Add(checkpoint.Epoch);
        }
    }

    private Column<int> Int() => Add<int>(NpgsqlDbType.Integer);
    private Column<long> Long() => Add<long>(NpgsqlDbType.Bigint);
    private Column<bool> Bool() => Add<bool>(NpgsqlDbType.Boolean);
    private Column<Guid> Uuid() => Add<Guid>(NpgsqlDbType.Uuid);
    private Column<string?> Text() => Add<string?>(NpgsqlDbType.Text);
    private Column<string?> Json() => Add<string?>(NpgsqlDbType.Jsonb);
    private Column<byte[]?> Bytes() => Add<byte[]?>(NpgsqlDbType.Bytea);
    private Column<T> Time<T>() => Add<T>(NpgsqlDbType.TimestampTz);

    private Column<T> Add<T>(NpgsqlDbType type)
    {
        var column = new Column<T>();
        parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
        return column;
    }

    private sealed class Column<T> : List<T>;
}
