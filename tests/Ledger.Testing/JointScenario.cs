using Ledger.Decisions;
using Shouldly;

namespace Ledger.Testing;

/// <summary>Given what has happened to several things, when something is asked for, then what happens to which of them.</summary>
public sealed class JointScenario
{
    private JointScenario() { }

    public MemoryLedger Ledger { get; } = new();

    public static JointScenario Given() => new();

    public static JointScenario Given(StreamId stream, params IEnumerable<IEvent> happened) => new JointScenario().And(stream, happened);

    public JointScenario And(StreamId stream, params IEnumerable<IEvent> happened)
    {
        Ledger.Append(stream, happened);
        return this;
    }

    /// <summary>This was asked for before, and granted.</summary>
    public JointScenario After(IJointCommand command)
    {
        Ledger.Run(command).Rejection.ShouldBeNull();
        return this;
    }

    /// <inheritdoc cref="After(IJointCommand)"/>
    public JointScenario After<TState, TEvent>(ICommand<TState, TEvent> command) where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        Ledger.Run(command).Rejection.ShouldBeNull();
        return this;
    }

    public Decided When(IJointCommand command) => new(this, Ledger.Run(command));

    public Decided When<TState, TEvent>(ICommand<TState, TEvent> command) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        new(this, Ledger.Run(command));

    /// <summary>What the command led to; it is written.</summary>
    public sealed class Decided(JointScenario scenario, JointDecision decision)
    {
        public IReadOnlyList<IEvent> Events { get; } = [.. decision.Events.Select(one => one.Event)];

        /// <summary>The same ledger, for what comes next.</summary>
        public JointScenario Next => scenario;

        public Decided Then(params IEnumerable<IEvent> expected)
        {
            decision.Rejection.ShouldBeNull();
            EventText.Of(Events).ShouldBe(EventText.Of(expected));
            return this;
        }

        /// <summary>The kinds of events, where another test has their content.</summary>
        public Decided ThenKinds(params IEnumerable<Type> expected)
        {
            decision.Rejection.ShouldBeNull();
            Events.Select(one => one.GetType().Name).ShouldBe(expected.Select(type => type.Name));
            return this;
        }

        public void ThenNothing() => Then();

        public void ThenRejected(Rejection expected)
        {
            decision.Rejection.ShouldNotBeNull().Code.ShouldBe(expected.Code);
            decision.Events.ShouldBeEmpty();
        }

        public Decided Claiming(params IEnumerable<string> kindsAndValues)
        {
            decision.Claims.Select(claim => $"{claim.Kind} {claim.Value}").ShouldBe(kindsAndValues);
            return this;
        }

        public Decided Releasing(params IEnumerable<string> kindsAndValues)
        {
            decision.Releases.Select(claim => $"{claim.Kind} {claim.Value}").ShouldBe(kindsAndValues);
            return this;
        }

        public TState State<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
            scenario.Ledger.State<TState, TEvent>(stream);
    }
}
