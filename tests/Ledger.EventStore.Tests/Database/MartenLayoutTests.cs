namespace Ledger.EventStore.Tests.Database;

/// <summary>
/// Marten 9 with conjoined tenancy, uuid streams, correlation, causation, headers and user name lays its tables out like
/// this, and drops from them what it does not know. Nothing may be added to them, or taken away.
/// </summary>
public sealed class MartenLayoutTests : IAsyncLifetime
{
    private StoreFixture store = null!;

    public async Task InitializeAsync() => store = await StoreFixture.Create();
    public async Task DisposeAsync() => await store.DisposeAsync();

    [Theory]
    [InlineData("mt_streams", """
        tenant_id character varying not null
        id uuid not null
        type character varying
        version bigint
        timestamp timestamp with time zone not null
        created timestamp with time zone not null
        is_archived boolean
        """)]
    [InlineData("mt_events", """
        seq_id bigint not null
        id uuid not null
        stream_id uuid
        version bigint not null
        data jsonb not null
        bdata bytea
        type character varying(500) not null
        timestamp timestamp with time zone not null
        tenant_id character varying
        mt_dotnet_type character varying
        correlation_id character varying
        causation_id character varying
        headers jsonb
        user_name character varying
        is_archived boolean
        """)]
    [InlineData("mt_event_progression", """
        name character varying not null
        last_seq_id bigint
        last_updated timestamp with time zone
        """)]
    public async Task Its_columns_are_Martens(string table, string columns) =>
        (await store.Sql("""
            select string_agg(attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end,
                              E'\n' order by attnum)
            from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
            """, $"public.{table}")).ShouldBe(columns);

    [Theory]
    [InlineData("mt_streams", "CREATE UNIQUE INDEX pkey_mt_streams_tenant_id_id ON public.mt_streams USING btree (tenant_id, id)")]
    [InlineData("mt_events", """
        CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON public.mt_events USING btree (tenant_id, stream_id, version)
        CREATE UNIQUE INDEX pkey_mt_events_seq_id ON public.mt_events USING btree (seq_id)
        """)]
    [InlineData("mt_event_progression", "CREATE UNIQUE INDEX pk_mt_event_progression ON public.mt_event_progression USING btree (name)")]
    public async Task Its_indexes_are_Martens(string table, string indexes) =>
        (await store.Sql("select string_agg(indexdef, E'\\n' order by indexname) from pg_indexes where schemaname = 'public' and tablename = $1", table))
            .ShouldBe(indexes);

    [Theory]
    [InlineData("mt_streams", "pkey_mt_streams_tenant_id_id PRIMARY KEY (tenant_id, id)")]
    [InlineData("mt_events", """
        fkey_mt_events_stream_id_tenant_id FOREIGN KEY (tenant_id, stream_id) REFERENCES mt_streams(tenant_id, id)
        pkey_mt_events_seq_id PRIMARY KEY (seq_id)
        """)]
    [InlineData("mt_event_progression", "pk_mt_event_progression PRIMARY KEY (name)")]
    public async Task Its_constraints_are_Martens(string table, string constraints) =>
        (await store.Sql("""
            select string_agg(conname || ' ' || pg_get_constraintdef(oid), E'\n' order by conname)
            from pg_constraint where conrelid = $1::regclass
            """, $"public.{table}")).ShouldBe(constraints);

    [Theory]
    [InlineData("mt_streams", "tenant_id", "'*DEFAULT*'::character varying")]
    [InlineData("mt_streams", "timestamp", "now()")]
    [InlineData("mt_streams", "created", "now()")]
    [InlineData("mt_streams", "is_archived", "false")]
    [InlineData("mt_events", "tenant_id", "'*DEFAULT*'::character varying")]
    [InlineData("mt_events", "is_archived", "false")]
    [InlineData("mt_event_progression", "last_updated", "transaction_timestamp()")]
    public async Task Its_defaults_are_Martens(string table, string column, string expression) =>
        (await store.Sql("select column_default from information_schema.columns where table_schema = 'public' and table_name = $1 and column_name = $2", table, column))
            .ShouldBe(expression);

    [Fact]
    public async Task Its_sequence_belongs_to_the_position() =>
        (await store.Sql("select pg_get_serial_sequence('public.mt_events', 'seq_id')")).ShouldBe("public.mt_events_sequence");

    [Fact]
    public async Task The_schema_has_no_table_but_Martens() =>
        (await store.Sql("select array_agg(tablename::text order by tablename) from pg_tables where schemaname = 'public'"))
            .ShouldBe(new[] { "mt_event_progression", "mt_events", "mt_streams" });

    /// <summary>What Marten would append with is not there: nothing gets past the turn by accident.</summary>
    [Fact]
    public async Task The_schema_has_no_function_of_Martens() =>
        (await store.Count("select count(*) from pg_proc where pronamespace = 'public'::regnamespace and proname like 'mt\\_%'")).ShouldBe(0);

    [Fact]
    public async Task What_goes_with_an_event_stands_in_the_columns_of_Martens_metadata()
    {
        var id = Guid.CreateVersion7();
        _ = await store.Handle(new OpenCounter(id), StoreFixture.Context() with { CorrelationId = "all", CausationId = "one" });
        (await store.Sql("""
            select concat_ws('|', e.tenant_id, s.type, s.version, jsonb_typeof(e.data), jsonb_typeof(e.headers), e.headers ->> 'actor_id',
                             e.user_name, e.correlation_id, e.causation_id, e.bdata is null)
            from public.mt_events e join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id where s.id = $1
            """, id)).ShouldBe("iceland|counter|1|object|object|tester|test:tester|all|one|t");
    }

    [Fact]
    public async Task An_archived_stream_refuses_every_commit()
    {
        var id = await store.Opened();
        _ = await store.Sql("update public.mt_streams set is_archived = true where id = $1", id);
        (await store.Turns.Commit(store.Write(id, 1, new CounterAdded(1)))).ShouldBeOfType<CommitResult.StreamMovedOn>();
    }

    [Fact]
    public async Task An_event_has_every_column_that_Marten_reads()
    {
        var id = await store.Opened();
        (await store.Sql("""
            select mt_dotnet_type || '|' || type || '|' || version || '|' || is_archived || '|' || (timestamp = (select created from public.mt_streams))
            from public.mt_events where stream_id = $1
            """, id)).ShouldBe("Ledger.EventStore.Tests.Counters.CounterOpened, Ledger.EventStore.Tests|counter_opened|1|false|true");
    }
}
