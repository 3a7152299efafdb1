using Ledger.EventStore.Audit;
using Npgsql;

namespace Ledger.EventStore.Tests.Database;

/// <summary>A request sees its tenant's rows and nobody else's, whatever it asks, and writes none.</summary>
public sealed class TenantIsolationTests : IAsyncLifetime
{
    /// <summary>But the one that Marten fills while it rebuilds a projection of its own, of which there are none.</summary>
    private const string TablesWithTenant = """
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where n.nspname in ('public', 'ledger', 'views') and c.relkind in ('r', 'p', 'v', 'm')
            and c.relname <> 'mt_event_projection_floors' order by 1
        """;

    private StoreFixture store = null!;

    /// <summary>Every table with a tenant gets a row of each.</summary>
    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        _ = await new Ledger.EventStore.Projecting.ViewTables(store.Database).Prepare([new Projecting.Totals()], CancellationToken.None);
        foreach (var tenant in new[] { StoreFixture.Tenant, StoreFixture.OtherTenant })
        {
            var id = await store.Opened(1, tenant);
            var message = TurnMessage(tenant);
            var commit = store.Write(id, 2, new ReceiptIssued("r"));
            _ = await store.GroupCommit.Commit(commit with
            {
                Tenant = tenant,
                Claims = [new("k", "v", Counter.Stream(id), CounterRejections.NameTaken)],
                Idempotency = new(new(tenant, "c", "k"), [1], true, false, id, null, null, null, false),
                Sends = [message, TurnMessage(tenant)],
                Words = [new(id, [[1, 2]])],
                ClockTo = StoreFixture.Now,
            });
            _ = await store.Sql("select ledger.bury_message($1, 0, 'x')", message.Id);
            var rows = new AuditRows(store.Database);
            _ = await rows.Write([new RequestOrigin(tenant, "r", StoreFixture.Now, "::1", null)], CancellationToken.None);
            _ = await rows.Write([new AccessRecord(tenant, Guid.CreateVersion7(), StoreFixture.Now, null, "o", true, null, null, 200, null, null, null, null)], CancellationToken.None);
            _ = await store.Sql("insert into ledger.tenant_files values ($1, repeat('0', 64), 'image/png', 'x')", tenant);
            _ = await store.Sql("insert into ledger.export_parts values ($1, gen_random_uuid(), 'rows', 0, 'x', 1, null, '')", tenant);
            _ = await store.Sql("insert into ledger.portal_sessions values ($1, gen_random_uuid(), gen_random_uuid(), now())", tenant);
            await Webhooks(tenant);
            _ = await store.Sql("insert into ledger.notification_months values ($1, 202511)", tenant);
            _ = await store.Sql("""
                insert into ledger.notifications (tenant_id, id, type, channel, event_id, facts, occurred_at, status)
                values ($1, gen_random_uuid(), 't', 'email', gen_random_uuid(), '{}', now(), 'pending')
                """, tenant);
            _ = await store.Sql("insert into views.totals_v1_1 values ($1, gen_random_uuid(), 1, null, now(), null, 1)", tenant);
        }
    }

    private async Task Webhooks(string tenant)
    {
        _ = await store.Sql("""
            insert into ledger.webhook_endpoints (tenant_id, id, version, status, url, format, events, waits, concurrency, per_second, secret)
            values ($1, gen_random_uuid(), 1, 'active', 'https://example.com', 'full', '{}', '{}', 1, 1, 's')
            """, tenant);
        _ = await store.Sql("insert into ledger.webhook_subjects values ($1, gen_random_uuid(), gen_random_uuid(), 1)", tenant);
        _ = await store.Sql("""
            insert into ledger.webhook_deliveries (tenant_id, id, endpoint_id, event_id, type, subject_id, sequence, occurred_at, body, status, is_blocked, next_at)
            values ($1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 't', gen_random_uuid(), 1, now(), '{}', 'pending', false, now())
            """, tenant);
        _ = await store.Sql("insert into ledger.webhook_attempts values ($1, gen_random_uuid(), 1, now(), 200, null, 1, null, null)", tenant);
        _ = await store.Sql("insert into ledger.webhook_replays values ($1, gen_random_uuid(), gen_random_uuid(), 1, 2)", tenant);
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public async Task A_tenant_sees_its_own_rows_and_no_others_without_asking_for_them()
    {
        foreach (var table in await Tables())
        {
            var tenants = await Read(StoreFixture.Tenant, $"select distinct tenant_id::text from {table}");
            tenants.ShouldBe([StoreFixture.Tenant], table);
        }
    }

    [Fact]
    public async Task Without_a_tenant_nothing_is_seen()
    {
        foreach (var table in await Tables())
        {
            (await Read("", $"select tenant_id::text from {table}")).ShouldBeEmpty(table);
            (await Unset(table)).ShouldBe(0, table);
        }
    }

    [Fact]
    public async Task A_worker_sees_all_tenants()
    {
        foreach (var table in await Tables())
        {
            var tenants = await store.Database.QueryAsWorker($"select distinct tenant_id::text from {table} order by 1", [], row => row.GetString(0), CancellationToken.None);
            tenants.ShouldBe([StoreFixture.OtherTenant, StoreFixture.Tenant], table);
        }
    }

    [Fact]
    public async Task Every_table_with_a_tenant_has_row_security()
    {
        (await Tables()).Count.ShouldBeGreaterThan(12);
        (await store.Sql($"""
            select string_agg(c.oid::regclass::text, ', ') from pg_class c
            where c.oid::regclass::text in ({TablesWithTenant.Replace(" order by 1", "", StringComparison.Ordinal)}) and c.relkind in ('r', 'p') and not c.relrowsecurity
            """)).ShouldBe(DBNull.Value);
        (await store.Sql("""
            select string_agg(c.oid::regclass::text, ', ') from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'ledger', 'views') and c.relkind = 'v' and not coalesce(c.reloptions @> '{security_invoker=true}', false)
            """)).ShouldBe(DBNull.Value, "A view that reads as its owner would show everything.");
    }

    [Fact]
    public async Task A_request_writes_no_table_at_all()
    {
        var tables = await store.Database.QueryAsWorker("""
            select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'ledger', 'views', 'ledger_schema') and c.relkind in ('r', 'p', 'v', 'm', 'f')
            """, [], row => row.GetString(0), CancellationToken.None);
        tables.Count.ShouldBeGreaterThan(17);
        foreach (var table in tables)
        {
            await ShouldBeRefused($"insert into {table} default values");
            await ShouldBeRefused($"delete from {table}");
            await ShouldBeRefused($"truncate {table}");
        }

        (await store.Sql("""
            select string_agg(table_schema || '.' || table_name || ' ' || privilege_type, ', ') from information_schema.role_table_grants
            where grantee in ('ledger_reader', 'PUBLIC') and table_schema in ('public', 'ledger', 'views', 'ledger_schema') and privilege_type <> 'SELECT'
            """)).ShouldBe(DBNull.Value);
        (await store.Sql("""
            select string_agg(table_name || '.' || column_name, ', ') from information_schema.column_privileges
            where grantee in ('ledger_reader', 'PUBLIC') and table_schema in ('public', 'ledger', 'views', 'ledger_schema') and privilege_type <> 'SELECT'
            """)).ShouldBe(DBNull.Value);
    }

    [Theory]
    [InlineData("update public.mt_events set data = '{}'")]
    [InlineData("delete from public.mt_events")]
    [InlineData("insert into public.mt_events (seq_id, id, version, data, type) values (99, gen_random_uuid(), 1, '{}', 'x')")]
    [InlineData("update public.mt_streams set version = 9")]
    [InlineData("delete from public.mt_streams")]
    [InlineData("insert into ledger.blocks values (99, 99, now(), '', '', '')")]
    [InlineData("update ledger.event_index set actor = 'x'")]
    [InlineData("insert into ledger.claims values ('iceland', 'k', 'w', gen_random_uuid())")]
    [InlineData("update ledger.numbers set last = 0")]
    [InlineData("update ledger.personal_keys set wrapped = null")]
    public async Task A_worker_does_not_write_the_log_but_in_turns(string sql) =>
        (await Should.ThrowAsync<PostgresException>(store.Database.RunAsWorker(sql, [], CancellationToken.None)))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);

    [Theory]
    [InlineData("update public.mt_events set data = '{}'")]
    [InlineData("update public.mt_events set is_archived = true, type = 'x'")]
    [InlineData("delete from public.mt_events")]
    [InlineData("truncate public.mt_events")]
    [InlineData("delete from public.mt_streams")]
    [InlineData("update ledger.blocks set hash = ''")]
    [InlineData("delete from ledger.blocks")]
    [InlineData("truncate ledger.blocks")]
    public async Task Even_the_owner_does_not_change_what_is_written(string sql) =>
        (await Should.ThrowAsync<PostgresException>(store.Sql(sql))).SqlState.ShouldBe("23001");

    private async Task<List<string>> Tables() =>
        await store.Database.QueryAsWorker(TablesWithTenant, [], row => row.GetString(0), CancellationToken.None);

    private Task<List<string>> Read(string tenant, string sql) =>
        store.Database.QueryAsTenant(tenant, sql, [], row => row.GetString(0), CancellationToken.None);

    /// <summary>As a session that took the role and never said which tenant.</summary>
    private async Task<object?> Unset(string table)
    {
        await using var connection = new NpgsqlConnection(store.Database.ConnectionString);
        await connection.OpenAsync();
        _ = await StoreFixture.Run(connection, "set role ledger_reader");
        var count = await StoreFixture.Run(connection, $"select count(*)::int from {table}");
        _ = await StoreFixture.Run(connection, "reset role");
        return count;
    }

    private async Task ShouldBeRefused(string sql) =>
        (await Should.ThrowAsync<PostgresException>(Read(StoreFixture.Tenant, sql), sql)).SqlState
            .ShouldBeOneOf(PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.WrongObjectType, PostgresErrorCodes.ObjectNotInPrerequisiteState);

    private static NewMessage TurnMessage(string tenant) => new(Guid.CreateVersion7(), tenant, "note", "{}", null, null, null, null);
}
