namespace Ledger.EventStore.Streams;

/// <summary>Reads the newest events of streams: those asked for while some reads are under way go together in the next.</summary>
/// <remarks>Nothing is delayed when it is quiet. A read that fails fails for all that went with it.</remarks>
internal sealed class StreamReads(LedgerDatabase database, EventJson json)
{
    private const int UnderWayMax = 4;
    private const int StreamsMax = 256;

    private readonly Lock gate = new();
    private readonly LinkedList<Asked> queue = new();
    private int underWay;

    /// <summary>The events past a version, in order, as they stand at some moment after this call.</summary>
    public Task<List<IEvent>> After(string tenant, Guid stream, long version, CancellationToken ct)
    {
        var asked = new Asked(tenant, stream, version);
        lock (gate)
        {
            _ = queue.AddLast(asked);
            if (underWay < UnderWayMax)
            {
                underWay++;
                _ = Task.Run(ReadAll, CancellationToken.None);
            }
        }

        return asked.Answer.Task.WaitAsync(ct);
    }

    private async Task ReadAll()
    {
        while (Next() is { Count: > 0 } some)
        {
            try
            {
                await Read(some);
                foreach (var one in some) one.End();
            }
#pragma warning disable CA1031 // The boundary of the read: whoever waits gets the reason.
            catch (Exception e)
            {
                foreach (var one in some) one.Answer.SetException(e);
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>As many as may go together: of one tenant, since a read sees no other's rows.</summary>
    private List<Asked> Next()
    {
        lock (gate)
        {
            var some = new List<Asked>();
            for (var node = queue.First; node is not null && some.Count < StreamsMax;)
            {
                var next = node.Next;
                if (some.Count == 0 || some[0].Tenant == node.Value.Tenant)
                {
                    some.Add(node.Value);
                    queue.Remove(node);
                }

                node = next;
            }

            if (some.Count == 0) underWay--;
            return some;
        }
    }

    private async Task Read(List<Asked> some)
    {
        if (some is [var one])
        {
            one.Events = await database.QueryAsTenant(one.Tenant, """
                select type, data from public.mt_events where tenant_id = $1 and stream_id = $2 and version > $3 order by version
                """, [one.Tenant, one.Stream, one.Version], row => json.Read(row.GetString(0), row.GetFieldValue<byte[]>(1)), CancellationToken.None);
            return;
        }

        _ = await database.QueryAsTenant(some[0].Tenant, """
            select q.place, e.type, e.data
            from unnest($2, $3) with ordinality as q (stream, version, place)
            join public.mt_events e on e.tenant_id = $1 and e.stream_id = q.stream and e.version > q.version
            order by q.place, e.version
            """, [some[0].Tenant, some.Select(one => one.Stream).ToArray(), some.Select(one => one.Version).ToArray()],
            row =>
            {
                some[(int)row.GetInt64(0) - 1].Take(() => json.Read(row.GetString(1), row.GetFieldValue<byte[]>(2)));
                return true;
            }, CancellationToken.None);
    }

    private sealed class Asked(string tenant, Guid stream, long version)
    {
        private Exception? failure;

        public string Tenant => tenant;
        public Guid Stream => stream;
        public long Version => version;
        public List<IEvent> Events { get; set; } = [];
        public TaskCompletionSource<List<IEvent>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>One event; what cannot be read fails this stream and none that goes with it.</summary>
        public void Take(Func<IEvent> read)
        {
#pragma warning disable CA1031 // It goes to the one who asked.
            try { if (failure is null) Events.Add(read()); }
            catch (Exception e) { failure = e; }
#pragma warning restore CA1031
        }

        public void End()
        {
            if (failure is null) Answer.SetResult(Events);
            else Answer.SetException(failure);
        }
    }
}
