using Ledger.Torture.Load;
using Ledger.Torture.Programs;
using Npgsql;

namespace Ledger.Torture.Faults;

/// <summary>Goes through a plan: waits until the log has come to each fault's place, and lets it happen.</summary>
internal sealed class Striker(Stage stage, Caller admin, IReadOnlyList<Fault> plan, int seed, Action<int> tell)
{
    private readonly Random jitter = new(seed);
    private readonly List<Task> underWay = [];

    /// <summary>What has happened, and where the log stood.</summary>
    public List<(long At, Fault Fault)> Done { get; } = [];

    public int Kills => Done.Count(one => one.Fault is Fault.Kill);

    /// <summary>Ends when the plan is done or nothing grows the log any more.</summary>
    public async Task Run(CancellationToken over)
    {
        var from = await Head(0, over);
        foreach (var fault in plan)
        {
            var head = await Head(from + fault.At, over);
            if (over.IsCancellationRequested) break;
            await Task.Delay(jitter.Next(0, 25), CancellationToken.None);   // Anywhere between two commits, and within one.
            await Strike(fault);
            Done.Add((head - from, fault));
            tell(Kills);
        }

        await Task.WhenAll(underWay);
    }

    private async Task Strike(Fault fault)
    {
        switch (fault)
        {
            case Fault.Kill { Victim: FaultPlan.Server }: await stage.KillServer(); break;
            case Fault.Kill kill: await stage.Actor(kill.Victim).Kill(); break;
            case Fault.Freeze freeze: underWay.Add(stage.Actor(freeze.Victim).Freeze(TimeSpan.FromSeconds(freeze.Seconds))); break;
            case Fault.Sever sever: stage.Actor(sever.Victim).Proxy.Sever(); break;
            case Fault.Cut cut: stage.Actor(cut.Victim).Proxy.Lie(cut.Request, cut.Place, cut.Nth); break;
            case Fault.Provider provider:
                underWay.Add(admin.Send(HttpMethod.Put, "/testing/sandbox-faults", new { mode = provider.Mode, times = provider.Times, delay_ms = provider.DelayMs }));
                break;
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Where the log stands, once it is at a position or there is nothing more to wait for.</summary>
    private async Task<long> Head(long position, CancellationToken over)
    {
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{stage.Database};Pooling=false");
                await connection.OpenAsync(CancellationToken.None);
                await using var command = new NpgsqlCommand("select coalesce(max(last_position), 0) from ledger.blocks", connection);
                while (true)
                {
                    var head = (long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
                    if (head >= position || over.IsCancellationRequested) return head;
                    await Task.Delay(3, CancellationToken.None);
                }
            }
            catch (Exception e) when (e is NpgsqlException or IOException) { await Task.Delay(50, CancellationToken.None); }   // It was killed just now.
        }
    }
}
