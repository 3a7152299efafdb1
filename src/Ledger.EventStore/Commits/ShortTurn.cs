namespace Ledger.EventStore.Commits;

/// <summary>The turn of one commit that is one event and nothing else, by <c>ledger.take_short_turn</c>.</summary>
internal sealed class ShortTurn
{
    private readonly NpgsqlParameter<string> tenant = new(), streamType = new(), type = new(), dotnetType = new(), actor = new();
    private readonly NpgsqlParameter<Guid> stream = new(), id = new();
    private readonly NpgsqlParameter<long> expected = new();
    private readonly NpgsqlParameter<string> data = new() { NpgsqlDbType = NpgsqlDbType.Jsonb }, headers = new() { NpgsqlDbType = NpgsqlDbType.Jsonb };
    private readonly NpgsqlParameter<string?> correlation = new() { NpgsqlDbType = NpgsqlDbType.Text }, causation = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<DateTime> effectiveAt = new();
    private NpgsqlCommand? command;

    public static bool Fits(Commit commit) =>
        commit is { Events: [{ Event: not INumberedEvent }], Streams: [{ Events: 1 }], Idempotency: null, Completes: null, Checkpoint: null, ClockTo: null }
        && commit.Claims.Count + commit.Releases.Count + commit.Sends.Count + commit.Keys.Count + commit.Words.Count == 0;

    /// <summary>The statement for a commit that fits; the same one, on the same connection, each time.</summary>
    public NpgsqlCommand Command(NpgsqlConnection connection, Commit commit)
    {
        var written = TurnCall.HeadersOf(commit);
        var (at, version, _) = commit.Streams[0];
        var one = commit.Events[0];
        tenant.TypedValue = commit.Tenant;
        (stream.TypedValue, streamType.TypedValue, expected.TypedValue) = (at.Id, at.Category, version);
        (id.TypedValue, type.TypedValue, dotnetType.TypedValue, data.TypedValue) = (one.Id, one.Type, EventKind.Of(one).DotnetName, one.Json);
        (correlation.TypedValue, causation.TypedValue) = (commit.CorrelationId, commit.CausationId);
        (headers.TypedValue, actor.TypedValue) = (Events.EventJson.WriteHeaders(written), TurnCall.ActorOf(written));
        effectiveAt.TypedValue = written.EffectiveAt.ToDateTimeUtc();
        return command ??= new("select is_written, head, recorded_at from ledger.take_short_turn($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)", connection)
        {
            Parameters = { tenant, stream, streamType, expected, id, type, dotnetType, data, correlation, causation, headers, actor, effectiveAt },
        };
    }

    public static TurnTaken Read(NpgsqlDataReader reader, Commit commit)
    {
        var head = reader.GetInt64(1);
        return new(head, [reader.GetBoolean(0)
            ? new CommitResult.Committed(head, [head], [null], reader.GetInstant(2))
            : new CommitResult.StreamMovedOn(commit.Streams[0].Stream)]);
    }
}
