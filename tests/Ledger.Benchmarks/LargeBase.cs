using Ledger.Cli;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.Projections;
using Ledger.Workers.Hosting;
using NodaTime;
using Npgsql;

namespace Ledger.Benchmarks;

/// <summary>
/// A million invoices of more than a hundred thousand customers over ten months. A company with a hundredth of them is imported, billed and chased as usual; then
/// each of its streams is copied in the log a hundred times under ids of its own, and every view is built from that log.
/// </summary>
/// <remarks>The blocks of the log are without hashes. Copies have numbers and ids of their own, but the external ids of the original.</remarks>
internal sealed class LargeBase(string connectionString, string adminConnectionString)
{
    private const int Copies = 100, Subscribers = 1450;

    /// <summary>What its master key is, for whoever opens it.</summary>
    public static MasterKey Master => new(new byte[32]);

    /// <summary>Gives the text of an admin's key.</summary>
    public async Task<string> Create(Action<string> tell, CancellationToken ct)
    {
        string key;
        await using (var ledger = await OpenLedger.On(connectionString, Master, Beside.AllWork, ct))
        {
            var company = await TelephoneCompany.Open(ledger, ct);
            tell($"{Subscribers:N0} subscribers and their ten months");
            await company.Import(Subscribers, ct);
            for (var month = new LocalDate(2026, 1, 31); month < new LocalDate(2026, 11, 1); month = month.PlusMonths(1).With(DateAdjusters.EndOfMonth))
            {
                _ = await company.Bill(month, ct);
                await company.Advance(month.PlusDays(21), ct);
            }

            key = await company.NewAdminKey(ct);
            await ledger.CatchUp(ct);
        }

        tell($"their log, {Copies} times");
        await Multiply(ct);
        tell("every view");
        await using (var ledger = await OpenLedger.On(connectionString, Master, Beside.Nothing, ct))
            await ledger.Get<ViewRebuild>().Run(AllViews.Create(), null, ct);
        await Run(connectionString, ["vacuum analyze"], ct);
        return key;
    }

    /// <summary>Builds those views anew that a base which was kept has of an older program.</summary>
    public static async Task Renew(string connectionString, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.On(connectionString, Master, Beside.Nothing, ct);
        if (ledger.Get<OutdatedViews>().Views is not { Count: > 0 } outdated) return;
        await ledger.Get<ViewRebuild>().Run(outdated, null, ct);
        await Run(connectionString, ["vacuum analyze"], ct);
    }

    /// <summary>Each event of a customer's stream becomes one for each copy, right after one another; the last two digits of all ids in it say which copy it is.</summary>
    private Task Multiply(CancellationToken ct) => Run(adminConnectionString,
    [
        "set session_replication_role = replica", "set maintenance_work_mem = '1GB'",
        """
        create temp table template as
        select e.*, i.actor, i.effective_at, s.type as stream_type, s.type not in ('tenant', 'api_key', 'billing_run', 'clock_advance') as is_copied,
            sum(case when s.type in ('tenant', 'api_key', 'billing_run', 'clock_advance') then 1 else 100 end) over (order by e.seq_id) as last_place
        from public.mt_events e join ledger.event_index i on i.position = e.seq_id join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
        """,
        "create temp table streams as select * from public.mt_streams",
        "truncate public.mt_events, public.mt_streams, ledger.event_index, ledger.blocks",
        "drop index public.pk_mt_events_stream_and_version", "drop index ledger.event_index_type", "drop index ledger.event_index_actor",
        $"""
        create function pg_temp.copied(id uuid, n int) returns uuid language sql immutable as $$ select (left(id::text, 34) || lpad(to_hex(n), 2, '0'))::uuid $$
        """,
        $"""
        insert into public.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, causation_id, headers, user_name, is_archived)
        select t.last_place - case when t.is_copied then {Copies} - 1 - n else 0 end, case when t.is_copied then pg_temp.copied(t.id, n) else t.id end,
            case when t.is_copied then pg_temp.copied(t.stream_id, n) else t.stream_id end, t.version,
            case when not t.is_copied then t.data
                when t.data ? 'number' then jsonb_set(d.data, '{ "{number}" }', to_jsonb((t.data ->> 'number')::bigint * {Copies} + n)) else d.data end,
            t.type, t.timestamp, t.tenant_id, t.mt_dotnet_type, t.correlation_id, t.causation_id, t.headers, t.user_name, false
        from template t cross join generate_series(0, {Copies - 1}) n
        cross join lateral (select regexp_replace(t.data::text, '([0-9a-f]{ "{8}" }-[0-9a-f]{ "{4}" }-[0-9a-f]{ "{4}" }-[0-9a-f]{ "{4}" }-[0-9a-f]{ "{10}" })[0-9a-f]{ "{2}" }', '\1' || lpad(to_hex(n), 2, '0'), 'g')::jsonb as data) d
        where t.is_copied or n = 0
        """,
        $"""
        insert into ledger.event_index (tenant_id, position, stream_id, type, actor, effective_at)
        select t.tenant_id, t.last_place - case when t.is_copied then {Copies} - 1 - n else 0 end, case when t.is_copied then pg_temp.copied(t.stream_id, n) else t.stream_id end,
            t.type, t.actor, t.effective_at
        from template t cross join generate_series(0, {Copies - 1}) n where t.is_copied or n = 0
        """,
        $"""
        insert into public.mt_streams (tenant_id, id, type, version, timestamp, created, is_archived)
        select s.tenant_id, case when t.is_copied then pg_temp.copied(s.id, n) else s.id end, s.type, s.version, s.timestamp, s.created, false
        from streams s join (select distinct tenant_id, stream_id, is_copied from template) t on t.tenant_id = s.tenant_id and t.stream_id = s.id
        cross join generate_series(0, {Copies - 1}) n where t.is_copied or n = 0
        """,
        "create unique index pk_mt_events_stream_and_version on public.mt_events (tenant_id, stream_id, version)",
        "create index event_index_type on ledger.event_index (tenant_id, type, position)",
        "create index event_index_actor on ledger.event_index (tenant_id, actor, position)",
        """
        insert into ledger.blocks (first_position, last_position, recorded_at, digests, previous, hash)
        select first, least(first + 999, head), now(), ''::bytea, ''::bytea, sha256(first::text::bytea)
        from (select max(seq_id) as head from public.mt_events) h cross join lateral generate_series(1, head, 1000) first
        """,
        "vacuum analyze public.mt_events", "vacuum analyze ledger.event_index", "vacuum analyze public.mt_streams",
    ], ct);

    private static async Task Run(string connectionString, string[] statements, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var connection = await source.OpenConnectionAsync(ct);
        foreach (var statement in statements)
        {
            await using var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
            _ = await command.ExecuteNonQueryAsync(ct);
        }
    }
}
