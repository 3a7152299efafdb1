namespace Ledger.EventStore.Tests.Checking;

/// <summary>A write path with something in it that is wrong, in one database alone.</summary>
/// <param name="Changes">Each in the one function that has the text.</param>
internal sealed record SqlMutant(params (string Right, string Wrong)[] Changes)
{
    /// <summary>Marten's own check of the version; where ours is missing, it would still refuse.</summary>
    private static readonly (string Right, string Wrong) NorByMarten = ("if COALESCE(event_version, 0) != expected_version then", "if false then");

    private static readonly string[] Functions = ["ledger.begin_batch", "ledger.write_rows", "ledger.seal", "public.mt_quick_append_events"];

    /// <summary>Makes the mistake; fails if the functions no longer have what is to be changed.</summary>
    public async Task Make(StoreFixture store)
    {
        var texts = new Dictionary<string, string>();
        foreach (var function in Functions) texts[function] = Flat((string)(await store.Sql($"select pg_get_functiondef('{function}'::regproc)"))!);
        foreach (var (right, wrong) in Changes)
        {
            texts.Values.Sum(text => text.Split(Flat(right)).Length - 1).ShouldBe(1, $"The functions should have this once: {right}");
            foreach (var function in Functions) texts[function] = texts[function].Replace(Flat(right), wrong, StringComparison.Ordinal);
        }

        foreach (var text in texts.Values) _ = await store.Sql(text);
    }

    /// <summary>The text without its indentation, so that a change need not know how deep it stands.</summary>
    private static string Flat(string sql) => string.Join('\n', sql.Split('\n').Select(line => line.TrimStart()));

    public static readonly IReadOnlyDictionary<string, SqlMutant> All = new Dictionary<string, SqlMutant>
    {
        ["no lock is taken"] = new(("perform pg_advisory_xact_lock(7310577382516);", "")),
        ["positions drawn in vain are lost"] = new(("if drawn_up_to <> base then", "if false then"), ("if head <> base + written then", "if false then")),
        ["versions are not checked"] = new(("where coalesce(t.version, 0) <> s.expected or t.is_archived", "where t.is_archived"), NorByMarten),
        ["a version may be old if the stream is new"] = new(
            ("where coalesce(t.version, 0) <> s.expected or t.is_archived", "where t.version <> s.expected or t.is_archived"), NorByMarten),
        ["claims are not checked"] = new(("where t.stream_id <> c.stream;", "where false;")),
        ["claims are not released"] = new(("and t.value = r.value and t.stream_id = r.stream;", "and false;")),
        ["anybody may release a claim"] = new(("and t.value = r.value and t.stream_id = r.stream;", "and t.value = r.value;")),
        ["numbers are taken from a sequence"] = new(
            ("d.last - w.how_many + w.nth as number", "nextval('public.receipts') as number")),
        ["refused commits draw numbers"] = new(
            ("e.commit <> all (failed) as draws", "true as draws"),
            ("row_number() over (partition by e.tenant, e.series, e.commit <> all (failed) order by e.ordinal) as nth",
                "row_number() over (partition by e.tenant, e.series order by e.ordinal) as nth"),
            ("count(*) over (partition by e.tenant, e.series, e.commit <> all (failed)) as how_many",
                "count(*) over (partition by e.tenant, e.series) as how_many")),
        ["idempotency keys are not checked"] = new(("where t.kept_for_ever or t.created_at", "where false and t.created_at")),
        ["whoever ends a message need not have it"] = new(("where t.id is null;", "where false;")),
        ["messages are not ended"] = new(("where m.id = d.id", "where m.id = d.id and false")),
        ["messages are not sent with what they follow from"] = new(
            ("left join ledger.clocks k on k.tenant_id = m.tenant", "left join ledger.clocks k on k.tenant_id = m.tenant where random() < 0.95")),
        ["a place in the log is moved from wherever it is"] = new(("where coalesce(t.position, 0) <> p.from_position or", "where")),
        ["a block does not follow from the one before"] = new(("ledger.block_hash(base + 1, head, at, digests, chain)", "ledger.block_hash(base + 1, head, at, digests, ''::bytea)")),
        ["the clock goes back"] = new(("greatest(clock_timestamp(), b.recorded_at)", "clock_timestamp() - random() * interval '1 second'")),
        ["an event is not in the index"] = new(("from batch b\n    )", "from batch b where b.seq_id % 7 <> 0\n    )")),
    };
}
