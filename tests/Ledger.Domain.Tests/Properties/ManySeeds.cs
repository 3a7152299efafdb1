using System.Collections.Concurrent;
using System.Globalization;

namespace Ledger.Domain.Tests.Properties;

/// <summary>Tries a rule at many seeds, on all cores; stops at the twentieth failure.</summary>
/// <remarks><c>LEDGER_TEST_FIRST</c> is the first seed. How far it is, and each seed that failed, is written to a file beside the tests.</remarks>
internal static class ManySeeds
{
    public static void Try(string file, int count, Action<int> holds)
    {
        var first = Asked("LEDGER_TEST_FIRST") ?? 0;
        var (done, failed) = (0, new ConcurrentQueue<string>());
        using var log = TextWriter.Synchronized(
            new StreamWriter(Path.Combine(AppContext.BaseDirectory, file), append: false) { AutoFlush = true });
        _ = Parallel.For(first, first + count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            try { holds(seed); }
            catch (Exception error) when (error is ShouldAssertException or InvalidOperationException or ArgumentException or ArithmeticException)
            {
                failed.Enqueue($"seed {seed}: {error.Message}");
                log.WriteLine($"seed {seed}: {error}");
                if (failed.Count >= 20) loop.Stop();
            }

            if (Interlocked.Increment(ref done) % 1_000 == 0) log.WriteLine($"{done} seeds, {failed.Count} failed");
        });
        failed.ShouldBeEmpty();
        done.ShouldBe(count);
    }

    public static int? Asked(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
