using Ledger.EventStore.Log;
using System.Globalization;
using System.Text;
using Ledger.EventStore.Database;
using Ledger.Testing;
using Npgsql;

namespace Ledger.Simulation.Tests.Database;

/// <summary>The model does what PostgreSQL does: both get the same calls, and answer alike.</summary>
public sealed class ModelTests
{
    private const int CallsMax = 250;
    private static readonly Instant ClocksMax = World.Start + Duration.FromHours(1);
    private static readonly string[] Tenants = ["live", "sandbox"];

    [Theory, InlineData(1), InlineData(2)]
    public async Task The_model_answers_as_the_database_does(int seed)
    {
        await using var database = new LedgerDatabase(await TestCluster.NewDatabase(WithSchema));
        var both = new Both(database, seed);
        for (var i = 1; i <= CallsMax; i++)
        {
            await both.Call();
            if (i % 50 == 0) await both.CompareTables();
        }
    }

    private static async Task WithSchema(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, [typeof(GroupCommit).Assembly], CancellationToken.None);
    }

    private sealed class Both(LedgerDatabase database, int seed)
    {
        private static readonly EventTypes Types = new(typeof(Happened).Assembly);
        private readonly Random random = new(seed);
        private readonly ModelDatabase model = new(SystemClock.Instance.GetCurrentInstant, null);
        private readonly BatchWriter writer = new(database, LogOptions.Open(database, Types), Types);
        private readonly LeaseRows leaseRows = new(database);
        private readonly MessageTable messages = new(database);
        private readonly List<Commit> written = [];
        private readonly List<MessageLease> leases = [];
        private readonly Guid[] owners = [new(1, 0, 0, new byte[8]), new(2, 0, 0, new byte[8])];
        private int expired;

        public Task Call() => random.Next(12) switch
        {
            < 5 => Batch(),
            5 => FindWritten(),
            6 or 7 => Take(),
            8 => PutBackOrExtend(),
            9 => Bury(),
            10 => Expire(),
            _ => Lease(),
        };

        private async Task Batch()
        {
            var (members, commits) = (new BatchMembers(), new List<Commit>());
            for (var i = random.Next(1, 6); i > 0; i--)
                if (Any() is var commit && members.TryAdd(commit)) commits.Add(commit);

            var expected = model.WriteBatch(commits);
            var told = await writer.Write(commits);
            told.Head.ShouldBe(expected.Head);
            told.Results.Select(Text).ShouldBe(expected.Results.Select(Text));
            written.AddRange(commits);
        }

        private async Task FindWritten()
        {
            if (written.Count == 0) return;
            var one = written[random.Next(written.Count)];
            Text(await writer.FindWritten(one)).ShouldBe(Text(model.FindWritten(one)));
        }

        private async Task Take()
        {
            var limit = random.Next(1, 5);
            var expected = model.Take(limit);
            var told = await messages.Take(limit, CancellationToken.None);
            told.Select(Text).Order().ShouldBe(expected.Select(Text).Order());
            leases.AddRange(expected.Select(one => one.Lease));

            // A clock that was never moved shows the real time, which goes on between the two answers.
            static string Text(LeasedMessage one) => $"{one.Id} {one.Attempts} {one.Failures} {one.Tenant} {(one.Now < ClocksMax ? one.Now : null)}";
        }

        private async Task PutBackOrExtend()
        {
            if (AnyLease() is not { } lease) return;
            var told = random.Next(3) switch
            {
                0 => (await messages.Extend([lease], CancellationToken.None), model.Extend([lease])),
                1 => (await messages.PutBack(lease, TimeSpan.Zero, "failed", CancellationToken.None), model.PutBack(lease, TimeSpan.Zero, "failed")),
                _ => (await messages.PutBack(lease, TimeSpan.FromHours(1), null, CancellationToken.None), model.PutBack(lease, TimeSpan.FromHours(1), null)),
            };
            told.Item1.ShouldBe(told.Item2);
        }

        private async Task Bury()
        {
            if (model.Dead.Count > 0 && random.Next(2) == 0)
            {
                var id = model.Dead.Keys.Order().First();
                (await messages.Revive(id, CancellationToken.None)).ShouldBe(model.Revive(id));
            }
            else if (AnyLease() is { } lease)
            {
                await messages.Bury(lease, "dead", CancellationToken.None);
                _ = model.Bury(lease);
            }
        }

        /// <summary>The lease of a worker who died runs out.</summary>
        private async Task Expire()
        {
            if (model.Messages.Values.Where(one => one.IsLeased).OrderBy(one => one.Id).FirstOrDefault() is not { } row) return;
            row.RunAt = Instant.FromUtc(2020, 1, 1, 0, 0) + Duration.FromSeconds(++expired);
            _ = await Sql("update ledger.messages set run_at = $2 where id = $1 returning 1", row.Id, row.RunAt.ToDateTimeUtc());
        }

        private async Task Lease()
        {
            var (name, owner) = ($"lease {random.Next(2)}", owners[random.Next(2)]);
            if (random.Next(3) > 0)
            {
                var length = random.Next(2) == 0 ? TimeSpan.FromSeconds(-1) : TimeSpan.FromHours(1);
                (await leaseRows.Take(name, owner, length, CancellationToken.None)).ShouldBe(model.TakeLease(name, owner, length));
            }
            else
            {
                await leaseRows.End(name, owner, CancellationToken.None);
                _ = model.EndLease(name, owner);
                await Task.Delay(1);   // So that it has ended a moment ago, by either clock.
            }
        }

        public async Task CompareTables()
        {
            (await Sql("select string_agg(format('%s %s %s %s %s', id, attempts, failures, is_blocked, is_leased), ',' order by sequence) from ledger.messages"))
                .ShouldBe(Join(model.Messages.Values.OrderBy(one => one.Sequence).Select(one =>
                    $"{one.Id} {one.Attempts} {one.Failures} {(one.IsBlocked ? 't' : 'f')} {(one.IsLeased ? 't' : 'f')}")));
            (await Sql("select string_agg(id::text, ',' order by id::text) from ledger.dead_messages"))
                .ShouldBe(Join(model.Dead.Keys.Select(id => $"{id}").Order(StringComparer.Ordinal)));
            (await Sql("select string_agg(format('%s %s %s', tenant_id, id, version), ',' order by tenant_id, id::text) from public.mt_streams"))
                .ShouldBe(Join(model.Streams.Select(one => $"{one.Key.Item1} {one.Key.Item2} {one.Value}").Order(StringComparer.Ordinal)));
            (await Sql("select string_agg(format('%s %s %s', seq_id, id, version), ',' order by seq_id) from public.mt_events"))
                .ShouldBe(Join(model.Log.Select(one => $"{one.Event.Position} {one.Event.Id} {one.Event.Version}")));
            (await Sql("select string_agg(format('%s %s %s', tenant_id, value, stream_id), ',' order by tenant_id, value) from ledger.claims"))
                .ShouldBe(Join(model.Claims.Select(one => $"{one.Key.Item1} {one.Key.Item3} {one.Value}").Order(StringComparer.Ordinal)));
            (await Sql("select string_agg(format('%s %s', name, position), ',' order by name) from ledger.places"))
                .ShouldBe(Join(model.Places.Select(one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal)));
            (await Sql("select string_agg(format('%s %s %s', name, owner, epoch), ',' order by name) from ledger.leases"))
                .ShouldBe(Join(model.Leases.Select(one => $"{one.Key} {one.Value.Owner} {one.Value.Epoch}").Order(StringComparer.Ordinal)));
        }

        private Commit Any()
        {
            var tenant = Tenants[random.Next(2)];
            var (streams, events) = (new List<StreamExpectation>(), new List<NewEvent>());
            foreach (var nth in Enumerable.Range(1, 6).Where(_ => random.Next(6) == 0))
            {
                var stream = new StreamId("thing", new(nth, 0, 0, new byte[8]));
                var version = Math.Max(0, model.Version(tenant, stream.Id) + (random.Next(5) == 0 ? random.Next(-1, 2) : 0));
                var count = random.Next(3);
                streams.Add(new(stream, version, count));
                for (var i = 1; i <= count; i++)
                    events.Add(new(NewId(), stream, version + i, random.Next(3) == 0 ? new Numbered() : new Happened(null)));
            }

            var claim = new Claim("name", $"{random.Next(3)}", new("thing", new(random.Next(1, 7), 0, 0, new byte[8])), new("taken", RejectionKind.Conflict, "It is taken."), random.Next(3) == 0 ? Tenants[0] : null);
            return new(tenant)
            {
                Streams = streams,
                Events = events,
                Headers = new(1, World.Start, "test", "model"),
                Claims = random.Next(5) == 0 ? [claim] : [],
                Releases = random.Next(5) == 0 ? [claim] : [],
                Idempotency = random.Next(5) == 0
                    ? new(new(tenant, "caller", $"{random.Next(4)}"), Encoding.UTF8.GetBytes($"{random.Next(2)}"), random.Next(3) > 0, random.Next(2) == 0, null, 200, null, null, random.Next(2) == 0)
                    : null,
                Completes = random.Next(3) == 0 ? AnyLease() : null,
                Sends = [.. Enumerable.Range(0, random.Next(3)).Select(_ => Message(tenant))],
                ClockTo = tenant == "sandbox" && random.Next(8) == 0 ? World.Start + Duration.FromMinutes(random.Next(60)) : null,
                Checkpoint = random.Next(4) == 0 ? Move() : null,
            };
        }

        private NewMessage Message(string tenant)
        {
            var known = model.Messages.Values.Where(one => one.Tenant == tenant).OrderBy(one => one.Id).FirstOrDefault();
            if (known is not null && random.Next(6) == 0) return known.Message;
            Instant? due = random.Next(3) == 0 ? World.Start + Duration.FromMinutes(random.Next(60)) : null;
            return new(NewId(), tenant, "errand", "{}", random.Next(2) == 0 ? $"key {random.Next(2)}" : null, due, null, null);
        }

        private CheckpointMove Move()
        {
            var (name, lease) = ($"place {random.Next(2)}", $"lease {random.Next(2)}");
            var from = model.Places.GetValueOrDefault(name) + (random.Next(4) == 0 ? 1 : 0);
            long? epoch = model.Leases.TryGetValue(lease, out var held) ? held.Epoch - (random.Next(4) == 0 ? 1 : 0) : null;
            return random.Next(5) == 0 ? new(name, from, from + 3, null, null) : new(name, from, from + 3, lease, epoch);
        }

        private MessageLease? AnyLease() => leases.Count == 0 ? null : leases[Math.Max(0, leases.Count - 1 - random.Next(6))];

        private Guid NewId()
        {
            Span<byte> bytes = stackalloc byte[16];
            random.NextBytes(bytes);
            return new(bytes);
        }

        private async Task<string> Sql(string sql, params object[] values)
        {
            await using var command = database.Source.CreateCommand(sql);
            foreach (var value in values) _ = command.Parameters.Add(new NpgsqlParameter { Value = value });
            return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
        }

        private static string Join(IEnumerable<string> rows) => string.Join(',', rows);

        private static string Text(CommitResult? result) => result switch
        {
            CommitResult.Committed one => $"committed {string.Join(' ', one.Positions)} numbers {string.Join(' ', one.Numbers)}",
            CommitResult.StreamMovedOn one => $"moved on {one.Stream.Id}",
            CommitResult.ClaimTaken one => $"taken {one.Claim.Value}",
            null => "nothing",
            _ => result.GetType().Name,
        };
    }

    private sealed record Numbered(long Number = 0) : INumberedEvent
    {
        public string Series => "invoice";

        public IEvent WithNumber(long number) => this with { Number = number };
    }
}
