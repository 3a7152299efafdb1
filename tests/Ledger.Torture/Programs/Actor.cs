using Ledger.Testing;
using Ledger.Torture.Wire;

namespace Ledger.Torture.Programs;

/// <summary>One program of a ledger with its way to the database: started again whenever it ends, as a supervisor would.</summary>
internal sealed class Actor : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200), Breath = TimeSpan.FromSeconds(1);
    private readonly Findings findings;
    private readonly SemaphoreSlim gate = new(1);
    private readonly CancellationTokenSource ending = new();
    private readonly Task watching;

    /// <param name="socket">Where PostgreSQL listens.</param>
    /// <param name="works">Whether it does what happens without a request.</param>
    public Actor(string name, string directory, string socket, bool works, Findings findings)
    {
        (Name, this.findings) = (name, findings);
        Proxy = new(socket);
        Program = new(directory, new Dictionary<string, string>
        {
            ["LEDGER_DATABASE"] = $"Host=127.0.0.1;Port={Proxy.Port};Username=ledger;Database=ledger;SSL Mode=Disable;GSS Encryption Mode=Disable",
            ["LEDGER_WORKERS"] = works ? "on" : "off",
            ["Serilog__MinimumLevel__Default"] = "Warning",
        });
        Program.Start();
        watching = Task.Run(Watch);
    }

    public string Name { get; }

    public LedgerProgram Program { get; }

    public DatabaseProxy Proxy { get; }

    /// <summary>How often it gave up while it started, because it found no database.</summary>
    public int StartsGivenUp { get; private set; }

    public Task Kill() => Alone(async () =>
    {
        await Program.Kill();
        Program.Start();
    });

    /// <summary>Holds it for a while; a kill meanwhile kills it all the same.</summary>
    public async Task Freeze(TimeSpan time)
    {
        await Alone(() => Program.Signal("STOP"));
        await Task.Delay(time);
        await Alone(() => Program.Signal("CONT"));
    }

    /// <summary>Asks it to end, and sees that it does in good order.</summary>
    public async Task Stop()
    {
        await ending.CancelAsync();
        await watching;
        try { await Program.Stop(); }
        catch (Exception e) when (e is Shouldly.ShouldAssertException or OperationCanceledException)
        {
            findings.Add($"{Name} did not end in good order when it was asked to: {e.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching;
        Program.Dispose();
        Proxy.Dispose();
        gate.Dispose();
        ending.Dispose();
    }

    private async Task Watch()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Look, ending.Token);
                await Alone(Revive);
            }
        }
        catch (OperationCanceledException) { }   // The run is over.
    }

    private async Task Alone(Func<Task> work)
    {
        await gate.WaitAsync();
        try { await work(); }
        finally { _ = gate.Release(); }
    }

    private async Task Revive()
    {
        if (!Program.HasEnded) return;
        if (Program.IsListening) findings.Add($"{Name} ended by itself with {Program.ExitCode}:\n{Program.Said}");
        else StartsGivenUp++;
        await Task.Delay(Breath, ending.Token);
        Program.Start();
    }
}
