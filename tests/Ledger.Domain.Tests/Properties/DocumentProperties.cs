using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Ledger.Domain.Tests.Properties;

/// <summary>Documents always add up, whatever happens in which order.</summary>
public class DocumentProperties(ITestOutputHelper output)
{
    private const int Steps = 40;

    [Fact]
    public void Whatever_happens_the_documents_add_up_and_all_of_it_can_be_given_back() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => new DocumentWalk(seed).Go(Steps)).QuickCheckThrowOnFailure();

    /// <summary>Seeds that found something once.</summary>
    [Theory]
    [InlineData(1)]
    public void These_seeds_go_well(int seed) => new DocumentWalk(seed).Go(Steps);

    [Fact]
    [Trait("Category", "Heavy")]
    public void A_hundred_thousand_walks()
    {
        const int Walks = 100_000;
        var (done, failed) = (0, new System.Collections.Concurrent.ConcurrentQueue<string>());
        _ = Parallel.For(0, Walks, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            try { new DocumentWalk(seed).Go(Steps); }
            catch (Exception error)
            {
                failed.Enqueue($"seed {seed}: {error.Message}");
                if (failed.Count >= 20) loop.Stop();
            }

            if (Interlocked.Increment(ref done) % 5_000 == 0) output.WriteLine($"{done} walks, {failed.Count} failed");
        });
        failed.ShouldBeEmpty();
        done.ShouldBe(Walks);
    }
}
