using System.Diagnostics;
using System.Threading.Channels;
using Ledger.Gateways.Payments;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Gateways.Sandbox;

/// <summary>A charge on its way to the record, with the answer it will get if its key is new.</summary>
/// <param name="IsLate">It has been slow already, so it meets no second fault.</param>
internal sealed record SentCharge(ChargeRequest Request, string Answer, string ProviderReference, bool IsLate);

/// <summary>What the record made of one charge.</summary>
/// <param name="Outcome"><c>first</c>, <c>repeat</c>, <c>mismatch</c>, <c>void</c>, <c>lost</c> or <c>slow</c>.</param>
/// <param name="Answer">The stored answer; null when nothing is stored yet.</param>
/// <param name="Fault">The fault this request met, if any.</param>
internal sealed record RecordedCharge(
    string Outcome, string? Answer, string? ProviderReference, string? Fault, TimeSpan Delay);

/// <summary>Carries charges to the record in batches: whoever waits while one is in flight goes in the next.</summary>
/// <remarks>
/// When it is quiet a charge leaves at once, alone. A batch is one transaction. Nobody's cancelling touches it; if it
/// fails, all in it fail.
/// </remarks>
internal sealed class ChargeBatches : IAsyncDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private readonly NpgsqlDataSource database;
    private readonly Channel<Waiting> waiting;
    private readonly Task[] carriers;
    private readonly int batchSizeMax;
    private readonly int batchSeconds;
    private readonly TimeSpan timeout;

    public ChargeBatches(NpgsqlDataSource database, SandboxOptions options)
    {
        this.database = database;
        batchSizeMax = options.BatchSizeMax;
        timeout = options.Timeout;
        // Past the time-out nobody waits for the batch any more.
        batchSeconds = (int)Math.Ceiling(options.Timeout.TotalSeconds);
        waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(options.WaitingMax));
        carriers = [.. Enumerable.Range(0, options.BatchesInFlightMax).Select(_ => Task.Run(Carry))];
    }

    /// <exception cref="ProviderUnavailableException">Too many wait, the database is out of reach, or we are closing.</exception>
    /// <exception cref="ProviderOutcomeUnknownException">The batch was sent, and failed.</exception>
    public Task<RecordedCharge> Send(SentCharge charge)
    {
        var one = new Waiting(charge);
        return waiting.Writer.TryWrite(one)
            ? one.Answer.Task
            : throw new ProviderUnavailableException("The sandbox provider takes no more charges for now.");
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await Task.WhenAll(carriers);
    }

    private async Task Carry()
    {
        var batch = new List<Waiting>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < batchSizeMax && waiting.Reader.TryRead(out var next)) batch.Add(next);
            // The other carrier may have been quicker.
            if (batch.Count > 0) await Deliver(batch);
        }
    }

    /// <summary>Gives every charge of the batch its answer or the batch's failure. Never throws: the next must go on.</summary>
    /// <remarks>
    /// A batch whose connection is cut is sent again for as long as somebody waits for it. That charges nothing twice, since
    /// each of its keys charges once; it only makes known what became of it.
    /// </remarks>
    private async Task Deliver(List<Waiting> batch)
    {
        var waited = Stopwatch.StartNew();
        for (var isSent = false; ;)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync();
                isSent = true;
                var answers = await Record(connection, batch);
                for (var i = 0; i < batch.Count; i++) batch[i].Answer.SetResult(answers[i]);
                return;
            }
            catch (Exception cut) when (isSent && IsCut(cut) && waited.Elapsed < timeout)
            {
                await Task.Delay(Again);
            }
            catch (Exception failure)
            {
                ProviderException told = isSent
                    ? new ProviderOutcomeUnknownException("The sandbox provider's record gave no answer.", failure)
                    : new ProviderUnavailableException("The sandbox provider's record is out of reach.", failure);
                foreach (var one in batch) one.Answer.TrySetException(told);
                return;
            }
        }
    }

    /// <summary>Whether the server went away, is on its way back, or undid the batch in favour of another, rather than refused.</summary>
    private static bool IsCut(Exception failure) => failure switch
    {
        PostgresException said => said.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable,
        NpgsqlException { InnerException: TimeoutException } => false,
        _ => failure is NpgsqlException or IOException,
    };

    private async Task<RecordedCharge[]> Record(NpgsqlConnection connection, List<Waiting> batch)
    {
        await using var command = new NpgsqlCommand("""
            select ordinal, outcome, answer, provider_reference, fault, delay_ms
            from sandbox.charge($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, connection) { CommandTimeout = batchSeconds };
        Column(NpgsqlDbType.Text, charge => charge.Request.Tenant);
        Column(NpgsqlDbType.Text, charge => charge.Request.IdempotencyKey);
        Column(NpgsqlDbType.Text, charge => charge.Request.Token);
        Column(NpgsqlDbType.Bigint, charge => charge.Request.Amount);
        Column(NpgsqlDbType.Text, charge => charge.Request.Currency);
        Column(NpgsqlDbType.Date, charge => charge.Request.ChargedOn);
        Column(NpgsqlDbType.Text, charge => charge.Answer);
        Column(NpgsqlDbType.Text, charge => charge.ProviderReference);
        Column(NpgsqlDbType.Boolean, charge => charge.IsLate);

        var answers = new RecordedCharge[batch.Count];
        var count = 0;
        await using var rows = await command.ExecuteReaderAsync();
        for (; await rows.ReadAsync(); count++)
        {
            answers[rows.GetInt64(0) - 1] = new RecordedCharge(
                rows.GetString(1), Text(2), Text(3), Text(4),
                TimeSpan.FromMilliseconds(rows.IsDBNull(5) ? 0 : rows.GetInt32(5)));
        }
        if (count != batch.Count) throw new InvalidOperationException($"{count} answers to {batch.Count} charges.");
        return answers;

        void Column<T>(NpgsqlDbType type, Func<SentCharge, T> value) => command.Parameters.Add(
            new NpgsqlParameter<T[]>
            {
                NpgsqlDbType = NpgsqlDbType.Array | type,
                TypedValue = [.. batch.Select(one => value(one.Charge))],
            });

        string? Text(int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
    }

    private sealed record Waiting(SentCharge Charge)
    {
        /// <summary>Callers go on elsewhere, so that one caller's work holds up no batch.</summary>
        public TaskCompletionSource<RecordedCharge> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
