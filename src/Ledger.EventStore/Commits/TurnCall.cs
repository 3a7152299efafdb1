namespace Ledger.EventStore.Commits;

/// <summary>The arguments of calls of <c>ledger.take_turn</c>: what all commits of a turn write, column by column.</summary>
/// <remarks>Used again for turn after turn. What no commit of a turn has is not sent: the statement is made for what is.</remarks>
internal sealed class TurnCall
{
    private readonly List<Column> columns = new(90);
    private readonly Dictionary<UInt128, NpgsqlCommand> commands = [];
    private readonly Column<int> streamCommit, streamEvents, eventCommit, claimCommit, releaseCommit, keyCommit, doneCommit,
        doneAttempts, messageCommit, personalCommit, wordsCommit, clockCommit, checkpointCommit;
    private readonly Column<string?> streamTenant, streamType, eventTenant, eventStreamType, eventType, dotnetType, eventData,
        eventCorrelation, eventCausation, eventHeaders, eventActor, eventSeries, claimTenant, claimKind, claimValue,
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

    public TurnCall()
    {
        (streamCommit, streamTenant, streamId) = (Int("s_commit"), Text("s_tenant"), Uuid("s_id"));
        (streamType, streamExpected, streamEvents) = (Text("s_type"), Long("s_expected"), Int("s_events"));
        (eventCommit, eventTenant, eventStream, eventStreamType) = (Int("e_commit"), Text("e_tenant"), Uuid("e_stream"), Text("e_stream_type"));
        (eventVersion, eventId, eventType, dotnetType) = (Long("e_version"), Uuid("e_id"), Text("e_type"), Text("e_dotnet_type"));
        (eventData, eventCorrelation, eventCausation) = (Json("e_data"), Text("e_correlation"), Text("e_causation"));
        (eventHeaders, eventActor, eventEffective, eventSeries) = (Json("e_headers"), Text("e_actor"), Time<DateTime>("e_effective_at"), Text("e_series"));
        (claimCommit, claimTenant, claimKind) = (Int("c_commit"), Text("c_tenant"), Text("c_kind"));
        (claimValue, claimStream) = (Text("c_value"), Uuid("c_stream"));
        (releaseCommit, releaseTenant, releaseKind) = (Int("r_commit"), Text("r_tenant"), Text("r_kind"));
        (releaseValue, releaseStream) = (Text("r_value"), Uuid("r_stream"));
        (keyCommit, keyTenant, keyCaller) = (Int("i_commit"), Text("i_tenant"), Text("i_caller"));
        (keyOperation, keyKey, keyHash, keyIsFirst) = (Text("i_operation"), Text("i_key"), Bytes("i_hash"), Bool("i_is_first"));
        (keyIsDone, keyStream, keyStatus) = (Bool("i_is_done"), Add<Guid?>("i_stream", NpgsqlDbType.Uuid), Add<int?>("i_status", NpgsqlDbType.Integer));
        (keyBody, keySubject, keyForEver) = (Bytes("i_body"), Add<Guid?>("i_subject", NpgsqlDbType.Uuid), Bool("i_for_ever"));
        (doneCommit, doneId, doneAttempts) = (Int("d_commit"), Uuid("d_id"), Int("d_attempts"));
        (messageCommit, messageTenant, messageId, messageType) = (Int("m_commit"), Text("m_tenant"), Uuid("m_id"), Text("m_type"));
        (messageBody, messageOrder, messageDue) = (Json("m_body"), Text("m_order_key"), Time<DateTime?>("m_due_at"));
        (messageCorrelation, messageCausation) = (Text("m_correlation"), Text("m_causation"));
        (personalCommit, personalTenant, personalSubject, personalWrapped) = (Int("k_commit"), Text("k_tenant"), Uuid("k_subject"), Bytes("k_wrapped"));
        (wordsCommit, wordsTenant, wordsSubject, wordsTokens) = (Int("x_commit"), Text("x_tenant"), Uuid("x_subject"), Text("x_tokens"));
        (clockCommit, clockTenant, clockAt) = (Int("t_commit"), Text("t_tenant"), Time<DateTime>("t_at"));
        (checkpointCommit, checkpointName, checkpointFrom) = (Int("p_commit"), Text("p_name"), Long("p_from"));
        (checkpointTo, checkpointLease, checkpointEpoch) = (Long("p_to"), Text("p_lease"), Add<long?>("p_epoch", NpgsqlDbType.Bigint));
    }

    /// <summary>The statement for these commits: their ordinals are their places in the list. On the same connection each time.</summary>
    public NpgsqlCommand Command(NpgsqlConnection connection, IReadOnlyList<Commit> commits)
    {
        foreach (var column in columns) column.Clear();
        Streams.Clear();
        Claims.Clear();
        for (var i = 0; i < commits.Count; i++) Add(i, commits[i]);
        if (eventSeries.TrueForAll(one => one is null)) eventSeries.Clear();

        var given = UInt128.Zero;
        for (var i = 0; i < columns.Count; i++)
            if (!columns[i].IsEmpty) given |= UInt128.One << i;
        if (!commands.TryGetValue(given, out var command)) commands[given] = command = For([.. columns.Where(one => !one.IsEmpty)], connection);
        return command;
    }

    private static NpgsqlCommand For(IReadOnlyList<Column> given, NpgsqlConnection connection)
    {
        var names = given.Select((column, n) => $"{column.Name} => ${n + 1}");
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text has nothing but the names of parameters.
        command.CommandText = $"select recorded_at, head, failed, outcomes, details, numbers from ledger.take_turn({string.Join(", ", names)})";
#pragma warning restore CA2100
        foreach (var column in given) _ = command.Parameters.Add(column.Parameter());
        return command;
    }

    public static EventHeaders HeadersOf(Commit commit) =>
        commit.Headers ?? throw new InvalidOperationException("Events without headers would have no author.");

    public static string ActorOf(EventHeaders headers) => $"{headers.ActorKind}:{headers.ActorId}";

    /// <summary>Which stream a stream ordinal of the answer means, and which claim a claim ordinal.</summary>
    public List<StreamId> Streams { get; } = [];

    public List<Claim> Claims { get; } = [];

    private void Add(int ordinal, Commit commit)
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
        var headers = HeadersOf(commit);
        var json = Events.EventJson.WriteHeaders(headers);
        var effective = headers.EffectiveAt.ToDateTimeUtc();
        var actor = ActorOf(headers);
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
            claimTenant.Add(claim.Scope ?? commit.Tenant);
            claimKind.Add(claim.Kind);
            claimValue.Add(claim.Value);
            claimStream.Add(claim.Owner.Id);
        }

        foreach (var claim in commit.Releases)
        {
            releaseCommit.Add(ordinal);
            releaseTenant.Add(claim.Scope ?? commit.Tenant);
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
        keyOperation.Add("");   // Of no operation: a key is good for one request, whatever that asks for.
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

    private Column<int> Int(string name) => Add<int>(name, NpgsqlDbType.Integer);
    private Column<long> Long(string name) => Add<long>(name, NpgsqlDbType.Bigint);
    private Column<bool> Bool(string name) => Add<bool>(name, NpgsqlDbType.Boolean);
    private Column<Guid> Uuid(string name) => Add<Guid>(name, NpgsqlDbType.Uuid);
    private Column<string?> Text(string name) => Add<string?>(name, NpgsqlDbType.Text);
    private Column<string?> Json(string name) => Add<string?>(name, NpgsqlDbType.Jsonb);
    private Column<byte[]?> Bytes(string name) => Add<byte[]?>(name, NpgsqlDbType.Bytea);
    private Column<T> Time<T>(string name) => Add<T>(name, NpgsqlDbType.TimestampTz);

    private Column<T> Add<T>(string name, NpgsqlDbType type)
    {
        var column = new Column<T>(name, type);
        columns.Add(column);
        return column;
    }

    private abstract class Column(string name)
    {
        public string Name => name;
        public abstract bool IsEmpty { get; }
        public abstract void Clear();
        public abstract NpgsqlParameter Parameter();
    }

    private sealed class Column<T>(string name, NpgsqlDbType type) : Column(name)
    {
        private readonly List<T> values = [];

        public override bool IsEmpty => values.Count == 0;
        public void Add(T value) => values.Add(value);
        public bool TrueForAll(Predicate<T> test) => values.TrueForAll(test);
        public override void Clear() => values.Clear();
        public override NpgsqlParameter Parameter() => new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
