namespace Ledger.EventStore.Tests.Checking;

/// <summary>A turn with something in it that is wrong, in one database alone.</summary>
internal sealed record SqlMutant(params (string Right, string Wrong)[] Changes)
{
    /// <summary>The same mistake in the short form of the turn, where it can be made there.</summary>
    public IReadOnlyList<(string Right, string Wrong)> Short { get; init; } = [];

    /// <summary>Makes the mistake; fails if a turn no longer has what is to be changed.</summary>
    public async Task Make(StoreFixture store)
    {
        await Make(store, "ledger.take_turn", Changes);
        await Make(store, "ledger.take_short_turn", Short);
    }

    private static async Task Make(StoreFixture store, string function, IEnumerable<(string Right, string Wrong)> changes)
    {
        var text = Flat((string)(await store.Sql($"select pg_get_functiondef('{function}'::regproc)"))!);
        foreach (var (right, wrong) in changes)
        {
            text.Split(Flat(right)).Length.ShouldBe(2, $"The turn should have this once: {right}");
            text = text.Replace(Flat(right), wrong, StringComparison.Ordinal);
        }

        _ = await store.Sql(text);
    }

    /// <summary>The text without its indentation, so that a change need not know how deep it stands.</summary>
    private static string Flat(string sql) => string.Join('\n', sql.Split('\n').Select(line => line.TrimStart()));

    public static readonly IReadOnlyDictionary<string, SqlMutant> All = new Dictionary<string, SqlMutant>
    {
        ["no lock is taken"] = new(("perform pg_advisory_xact_lock(7310577382516);", "")) { Short = [("perform pg_advisory_xact_lock(7310577382516);", "")] },
        ["positions are taken before the lock"] = new(
            ("perform pg_advisory_xact_lock(7310577382516);", """
                select max(nextval('public.mt_events_sequence')) - count(*) into base from unnest(e_commit);
                perform pg_advisory_xact_lock(7310577382516);
                """),
            ("select coalesce(b.last_position, 0), coalesce(b.hash,", "select coalesce(base, b.last_position, 0), coalesce(b.hash,"),
            ("order by last_position desc limit 1", "order by recorded_at desc limit 1")),
        ["versions are not checked"] = new(("where coalesce(t.version, 0) <> s.expected or t.is_archived", "where t.is_archived"))
        {
            Short = [("and t.version = expected and not t.is_archived", "")],
        },
        ["streams that were only looked at are not checked"] = new(
            ("from unnest(s_commit, s_tenant, s_id, s_expected) with ordinality as s (commit, tenant, id, expected, ordinal)",
                "from unnest(s_commit, s_tenant, s_id, s_expected, s_events) with ordinality as s (commit, tenant, id, expected, events, ordinal)"),
            ("where coalesce(t.version, 0) <> s.expected or t.is_archived", "where s.events > 0 and coalesce(t.version, 0) <> s.expected")),
        ["a version may be old if the stream is new"] = new(
            ("where coalesce(t.version, 0) <> s.expected or t.is_archived", "where t.version <> s.expected or t.is_archived")),
        ["events of refused commits are written"] = new(("where e.commit is not null and e.commit <> all (failed)", "where e.commit is not null")),
        ["claims are not checked"] = new(("where t.stream_id <> c.stream;", "where false;")),
        ["claims are not released"] = new(("and t.stream_id = r.stream\n", "and false\n")),
        ["anybody may release a claim"] = new(("and t.value = r.value and t.stream_id = r.stream", "and t.value = r.value")),
        ["numbers are taken from a sequence"] = new(
            ("d.last - w.how_many + w.nth as number", "nextval('public.receipts') as number")),
        ["refused commits draw numbers"] = new(
            ("e.series is not null and e.commit <> all (failed) as draws", "e.series is not null as draws"),
            ("row_number() over (partition by e.tenant, e.series, e.commit <> all (failed) order by e.ordinal) as nth",
                "row_number() over (partition by e.tenant, e.series order by e.ordinal) as nth"),
            ("count(*) over (partition by e.tenant, e.series, e.commit <> all (failed)) as how_many",
                "count(*) over (partition by e.tenant, e.series) as how_many")),
        ["idempotency keys are not checked"] = new(("where i.is_first and (", "where false and (")),
        ["whoever ends a message need not have it"] = new(("where t.id is null;", "where false;")),
        ["messages are not ended"] = new(("where m.id = d.id and d.commit <> all (failed)", "where m.id = d.id and false")),
        ["messages of refused commits are ended"] = new(("where m.id = d.id and d.commit <> all (failed)", "where m.id = d.id")),
        ["messages of refused commits are sent"] = new(("where m.commit <> all (failed)\n            order by m.ordinal", "order by m.ordinal")),
        ["messages are not sent with what they follow from"] = new(("where m.commit <> all (failed)\n            order by m.ordinal", "where random() < 0.95 and m.commit <> all (failed)\n            order by m.ordinal")),
        ["a place in the log is moved from wherever it is"] = new(("where coalesce(t.last_seq_id, 0) <> p.from_position or", "where")),
        ["a block does not follow from the one before"] = new(("take_turn.recorded_at, digests, chain));", "take_turn.recorded_at, digests, ''::bytea));"))
        {
            Short = [("recorded_at, d.digest, chain)\n", "recorded_at, d.digest, ''::bytea)\n")],
        },
        ["the clock goes back"] = new(
            ("greatest(clock_timestamp(), b.recorded_at)", "clock_timestamp() - random() * interval '1 second'"))
        {
            Short = [("greatest(clock_timestamp(), b.recorded_at)", "clock_timestamp() - random() * interval '1 second'")],
        },
    };
}
