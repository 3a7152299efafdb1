namespace Ledger.Simulation.Tests.Stage;

/// <summary>Runs everything on one thread: of all that could go on, the seed picks what does. Time passes when nothing can.</summary>
internal sealed class Scheduler(int seed)
{
    private readonly List<(Actor Actor, SendOrPostCallback Step, object? State)> ready = [];
    private readonly PriorityQueue<(Actor Actor, Action Step), (long Due, long Nth)> later = new();
    private long nth;
    private ulong trace = 14695981039346656037;

    public Random Random { get; } = new(seed);

    /// <summary>How long it has run, in its own time.</summary>
    public TimeSpan Now { get; private set; }

    public int Steps { get; private set; }

    /// <summary>Differs as soon as two runs do not take the same steps.</summary>
    public ulong Trace => trace;

    public void Post(Actor actor, SendOrPostCallback step, object? state) => ready.Add((actor, step, state));

    /// <summary>Does something later; at some moment now, if there is nothing to wait for.</summary>
    public void After(TimeSpan wait, Actor actor, Action step)
    {
        if (wait <= TimeSpan.Zero) Post(actor, static act => ((Action)act!)(), step);
        else later.Enqueue((actor, step), ((Now + wait).Ticks, nth++));
    }

    /// <summary>Starts work as an actor's; if it fails, so does the run.</summary>
    public void Start(Actor actor, Func<Task> work) => Post(actor, static work => Watch((Func<Task>)work!), work);

    /// <summary>Runs steps until it may stop, which it asks whenever time is about to pass.</summary>
    public void Run(Func<bool> mayStop, int stepsMax)
    {
        var before = SynchronizationContext.Current;
        try
        {
            while (ready.Count > 0 || PassTime(mayStop))
            {
                if (++Steps > stepsMax) throw new Violation($"Nothing comes to rest in {stepsMax} steps.");
                Step();
            }
        }
        finally { SynchronizationContext.SetSynchronizationContext(before); }
    }

    private void Step()
    {
        var which = Random.Next(ready.Count);
        var (actor, step, state) = ready[which];
        ready[which] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
        if (actor.IsDead) return;
        if (actor.SleepsUntil > Now)
        {
            After(actor.SleepsUntil - Now, actor, () => step(state));
            return;
        }

        trace = unchecked(((trace ^ (ulong)which) * 1099511628211 ^ (ulong)Now.Ticks) * 1099511628211 + (ulong)actor.Id);

        // A context of its own for every step, so that no continuation runs within the step that completes its task.
        SynchronizationContext.SetSynchronizationContext(new Context(this, actor));
        step(state);
    }

    private bool PassTime(Func<bool> mayStop)
    {
        if (mayStop()) return false;
        if (!later.TryDequeue(out var next, out var at)) throw new Violation("Nothing is left to do, and not all is done.");
        Now = TimeSpan.FromTicks(Math.Max(at.Due, Now.Ticks));
        After(TimeSpan.Zero, next.Actor, next.Step);
        return true;
    }

    private static async void Watch(Func<Task> work)
    {
        // What is thrown here is posted to the step's context, and ends the run.
        await work();
    }

    private sealed class Context(Scheduler scheduler, Actor actor) : SoleScheduler
    {
        public override void Post(SendOrPostCallback d, object? state) => scheduler.Post(actor, d, state);
        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
        public override SynchronizationContext CreateCopy() => this;
        public override void Start(Func<Task> work) => scheduler.Start(actor, work);
    }
}

/// <summary>Who does things: a process, or the world between them.</summary>
internal sealed class Actor(int id)
{
    public int Id => id;

    /// <summary>Stopped in the middle of whatever it was doing, for good.</summary>
    public bool IsDead { get; set; }

    public TimeSpan SleepsUntil { get; set; }
}

/// <summary>Something that must never be was seen.</summary>
internal sealed class Violation(string what) : Exception(what);
