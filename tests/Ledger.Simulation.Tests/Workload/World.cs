using Ledger.EventStore.Projecting;

namespace Ledger.Simulation.Tests.Workload;

/// <summary>The database, the way to it, the processes, and what befalls them.</summary>
internal sealed class World
{
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 12, 0);

    private static readonly IReadOnlyList<IPolicy> Policies = [new ErrandPolicy("first"), new ErrandPolicy("second")];
    private static readonly IReadOnlyList<View> Views = [new Tally("here"), new Tally("there")];

    private readonly Actor network = new(0);
    private readonly List<SimulatedProcess> processes = [];
    private readonly Mutant mutant;
    private readonly double breaks;
    private readonly TimeSpan storm;
    private TimeSpan outageUntil;
    private Duration jumped;
    private int actors;

    public World(int seed, Mutant mutant, Action<string>? tell = null)
    {
        Scheduler = new(seed);
        this.mutant = mutant;
        Tell = tell is null ? null : line => tell($"{Scheduler.Now.TotalSeconds,8:F3} s  {line}");
        History = new() { Tell = Tell };
        Model = new(() => Start + Duration.FromTimeSpan(Scheduler.Now) + jumped, History, mutant);
        breaks = Scheduler.Random.Next(4) == 0 ? 0 : Scheduler.Random.NextDouble() * 0.15;
        storm = TimeSpan.FromSeconds(Scheduler.Random.Next(50) == 0 ? 90 : 15);
        PageMax = Scheduler.Random.Next(1, 10);
    }

    public Scheduler Scheduler { get; }
    public ModelDatabase Model { get; }
    public History History { get; }
    public Action<string>? Tell { get; }

    /// <summary>How many events are read at a time.</summary>
    public int PageMax { get; }

    public List<Wish> Wishes { get; } = [];

    /// <summary>Calls that are under way on broken connections.</summary>
    public int Late { get; set; }

    public bool IsFaulty => Scheduler.Now < storm;

    /// <summary>What has befallen whom, counted.</summary>
    public Dictionary<string, int> Faults { get; } = [];

    public bool Chance(double part) => Scheduler.Random.NextDouble() < part;

    public Fate NextFate()
    {
        if (!IsFaulty) return Fate.Answered;
        if (Scheduler.Now < outageUntil) return Count(Fate.NeverArrived);
        return Chance(1 - breaks) ? Fate.Answered : Count((Fate)Scheduler.Random.Next(1, 4));
    }

    public void After(Action step) => Scheduler.After(Delay(), network, step);

    public void AfterLong(Action step) => Scheduler.After(TimeSpan.FromMilliseconds(Scheduler.Random.Next(Chance(0.5) ? 50 : 6000)), network, step);

    /// <summary>A storm of faults, then calm until everything is done.</summary>
    public void Run()
    {
        Model.BeginAtHead(["policy:first", "policy:second"]);
        foreach (var view in Views) Model.AddView(view);
        Model.WriteBatch([new(Client.Sandbox) { ClockTo = Start }]);
        for (var i = Scheduler.Random.Next(1, 4); i > 0; i--) Begin(TimeSpan.Zero);
        for (var i = Scheduler.Random.Next(6); i > 0; i--)
            Scheduler.After(storm * Scheduler.Random.NextDouble(), network, Befall);
        if (storm.TotalSeconds > 60)
            Scheduler.After(storm / 10, network, () => outageUntil = Scheduler.Now + TimeSpan.FromSeconds(65));   // Longer than a batch is tried.
        Scheduler.After(storm, network, Calm);
        Scheduler.Run(IsDone, 300_000);
        Outcome.Check(this, Policies);
    }

    private TimeSpan Delay()
    {
        var (random, lot) = (Scheduler.Random, Scheduler.Random.Next(100));
        return TimeSpan.FromMilliseconds(lot < 75 || !IsFaulty ? 0 : lot < 95 ? random.Next(20) : lot < 99 ? random.Next(1000) : random.Next(12_000));
    }

    private bool IsDone()
    {
        if (Scheduler.Now > TimeSpan.FromHours(3)) throw new Violation("Something was left undone.");
        return !IsFaulty && Late == 0 && Model.Messages.Count == 0 && Model.Places.All(one => one.Value == Model.Log.Count)
            && Wishes.TrueForAll(one => one.IsAnswered);
    }

    private Fate Count(Fate fate)
    {
        Count(fate.ToString());
        return fate;
    }

    private void Count(string what)
    {
        Tell?.Invoke(what);
        Faults[what] = Faults.GetValueOrDefault(what) + 1;
    }

    private void Begin(TimeSpan after)
    {
        var actor = new Actor(++actors);
        Scheduler.After(after, actor, () =>
        {
            var process = new SimulatedProcess(this, actor, Policies, Views, mutant);
            processes.Add(process);
            Scheduler.Start(actor, process.Run);
            Scheduler.Start(actor, () => new Client(this, process).Run(Scheduler.Random.Next(12)));
        });
    }

    private void Befall()
    {
        var random = Scheduler.Random;
        var running = processes.Where(one => !one.Actor.IsDead).ToList();
        var chosen = running.Count == 0 ? null : running[random.Next(running.Count)];
        switch (random.Next(5))
        {
            case 0 when chosen is not null:
                Count("Killed");
                chosen.Actor.IsDead = true;
                Begin(TimeSpan.FromMilliseconds(random.Next(3000)));
                break;
            case 1 when chosen is { IsStopping: false }:
                Count("Stopped");
                Scheduler.Post(chosen.Actor, _ => chosen.Stop(), null);
                Begin(TimeSpan.FromMilliseconds(random.Next(3000)));
                break;
            case 2 when chosen is not null:
                Count("Asleep");
                chosen.Actor.SleepsUntil = Scheduler.Now + TimeSpan.FromMilliseconds(random.Next(16_000));
                break;
            case 3:
                Count("Clock jumped");
                jumped += Duration.FromMilliseconds(random.Next(-10_000, 20_000));
                break;
            case 4:
                Count("Outage");
                outageUntil = Scheduler.Now + TimeSpan.FromMilliseconds(random.Next(5000));
                break;
        }
    }

    private void Calm()
    {
        Tell?.Invoke("calm");
        Model.WriteBatch([new(Client.Sandbox) { ClockTo = Start + Duration.FromDays(1) }]);
        if (processes.TrueForAll(one => one.Actor.IsDead || one.IsStopping)) Begin(TimeSpan.Zero);
    }
}
