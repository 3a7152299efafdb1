using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Audit;
using Npgsql;

namespace Ledger.Api.Audit;

/// <summary>Writes what requests leave in the trail, in batches, behind their backs: none waits for it, and none fails because of it.</summary>
/// <remarks>
/// The queue is bounded: what finds it full is dropped, counted as <c>ledger.audit.dropped</c>, and told in the log of the server
/// once in ten seconds. While the database does not answer, the queue fills. On stop, what is in it is still written.
/// </remarks>
internal sealed partial class AuditRecorder(AuditRows rows, Claims claims, IClock clock, ILogger<AuditRecorder> log) : BackgroundService
{
    public const string MeterName = "Ledger.Audit";

    internal const int QueueMax = 10_000, BatchMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Retry = TimeSpan.FromSeconds(1), LookAround = TimeSpan.FromSeconds(10);
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> DroppedCounter = Meter.CreateCounter<long>("ledger.audit.dropped", description: "Records of the audit trail that found the queue full.");

    private readonly Channel<Queued> queue = Channel.CreateBounded<Queued>(QueueMax);
    private readonly AttemptLimit limit = new();
    private long dropped, toldDropped;

    /// <summary>How many were dropped since this process began.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    public void Add(RequestOrigin origin) => Add(new Queued(Origin: origin));

    /// <param name="keyHash">Of the key that was refused, where the record has no tenant: one that leads to no tenant is not written down.</param>
    public void Add(AccessRecord record, string? keyHash)
    {
        if (record.Tenant.Length == 0 && keyHash is null) return;
        if (limit.Takes(record.Tenant, record.Status >= 400, record.At)) Add(new Queued(Access: record, KeyHash: keyHash));
    }

    /// <summary>Waits until all that was added before has been written, or given up.</summary>
    public async Task Flushed()
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await queue.Writer.WriteAsync(new Queued(Written: written));
        await written.Task;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var stopped = stoppingToken.Register(() => queue.Writer.TryComplete());
        while (await MayGoOn())
        {
            var batch = new List<Queued>();
            while (batch.Count < BatchMax && queue.Reader.TryRead(out var one)) batch.Add(one);
            await Write(batch, stoppingToken);
            TellDropped();
            if (batch.Count < BatchMax && !batch.Exists(one => one.Written is not null))
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Write([], stoppingToken);
    }

    /// <summary>Waits for something to write, and looks up now and then; false when all is written and nothing more comes.</summary>
    private async Task<bool> MayGoOn()
    {
        using var around = new CancellationTokenSource(LookAround);
        try { return await queue.Reader.WaitToReadAsync(around.Token); }
        catch (OperationCanceledException) { return true; }
    }

    private async Task Write(List<Queued> batch, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                var access = await WithTenants(batch);
                access.AddRange(LeftOut(stopping.IsCancellationRequested));
                _ = await rows.Write([.. batch.Select(one => one.Origin).OfType<RequestOrigin>()], CancellationToken.None);
                _ = await rows.Write(access, CancellationToken.None);
                break;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested && (e is NpgsqlException { IsTransient: true } or IOException or TimeoutException
                || e is PostgresException { SqlState: "57P01" or "57P02" or "57P03" }))
            {
                await Task.Delay(Retry, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning disable CA1031 // One batch is lost; the requests were answered, and the next batch is written.
            catch (Exception e)
            {
                _ = Interlocked.Add(ref dropped, batch.Count);
                DroppedCounter.Add(batch.Count);
                LogNotWritten(log, batch.Count, e.GetType().Name);
                break;
            }
#pragma warning restore CA1031
        }

        foreach (var one in batch) one.Written?.SetResult();
    }

    /// <summary>The records whose tenant is known, or is found by the key that was refused.</summary>
    private async Task<List<AccessRecord>> WithTenants(List<Queued> batch)
    {
        var known = new List<AccessRecord>();
        foreach (var one in batch)
        {
            if (one.Access is not { } record) continue;
            if (one.KeyHash is null) known.Add(record);
            else if (await claims.OwnerOfKey(IssueApiKey.ClaimKind, one.KeyHash, CancellationToken.None) is { } owner && limit.Takes(owner.Tenant, isRefusal: true, record.At))
                known.Add(record with { Tenant = owner.Tenant, Actor = Actor.Name("api_key", owner.Stream.ToString()) });
        }

        return known;
    }

    /// <summary>A record for each minute in which some were left out.</summary>
    private IEnumerable<AccessRecord> LeftOut(bool all) => limit.Ended(clock.GetCurrentInstant(), all).Where(one => one.Tenant.Length > 0).Select(one => new AccessRecord(
        one.Tenant, TimedId.New(one.Minute), one.Minute, Actor: null, one.IsRefusal ? "refusals_left_out" : "looks_left_out",
        IsRead: !one.IsRefusal, ResourceType: null, ResourceId: null, one.IsRefusal ? 429 : 200, Code: null, RequestId: null, Ip: null, UserAgent: null, one.LeftOut));

    private void Add(Queued one)
    {
        if (queue.Writer.TryWrite(one)) return;
        _ = Interlocked.Increment(ref dropped);
        DroppedCounter.Add(1);
    }

    private void TellDropped()
    {
        if (Dropped == toldDropped) return;
        LogDropped(log, Dropped - toldDropped);
        toldDropped = Dropped;
    }

    [LoggerMessage(1, LogLevel.Error, "{Count} records of the audit trail were dropped: its queue was full.")]
    private static partial void LogDropped(ILogger log, long count);

    [LoggerMessage(2, LogLevel.Error, "{Count} records of the audit trail could not be written: {Reason}")]
    private static partial void LogNotWritten(ILogger log, int count, string reason);

    /// <summary>One thing to write, or one who waits until what came before it is written.</summary>
    private sealed record Queued(RequestOrigin? Origin = null, AccessRecord? Access = null, string? KeyHash = null, TaskCompletionSource? Written = null);
}
