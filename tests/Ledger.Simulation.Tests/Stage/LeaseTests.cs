namespace Ledger.Simulation.Tests.Stage;

/// <summary>How long a process believes in its lease without asking.</summary>
public class LeaseTests
{
    private readonly Rows rows = new();

    [Fact]
    public async Task One_whose_answer_was_long_on_its_way_is_asked_for_again()
    {
        var lease = new Lease(rows, "one", rows);
        rows.AnswerTakes = TimeSpan.FromSeconds(4);
        _ = await lease.Hold(CancellationToken.None);
        _ = await lease.Hold(CancellationToken.None);
        rows.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_is_in_doubt_is_asked_for_again()
    {
        var lease = new Lease(rows, "one", rows);
        _ = await lease.Hold(CancellationToken.None);
        _ = await lease.Hold(CancellationToken.None);
        rows.Asked.ShouldBe(1);
        lease.Doubt();
        rows.IsAnothers = true;
        (await lease.Hold(CancellationToken.None)).ShouldBeNull();
    }

    private sealed class Rows : TimeProvider, ILeaseRows
    {
        private TimeSpan now;

        public int Asked { get; private set; }
        public bool IsAnothers { get; set; }
        public TimeSpan AnswerTakes { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => now.Ticks;

        public Task<long?> Take(string name, Guid owner, TimeSpan length, CancellationToken ct)
        {
            Asked++;
            now += AnswerTakes;
            return Task.FromResult<long?>(IsAnothers ? null : 1);
        }

        public Task End(string name, Guid owner, CancellationToken ct) => Task.CompletedTask;
    }
}
