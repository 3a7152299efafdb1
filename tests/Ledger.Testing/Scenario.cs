using Ledger.Decisions;
using Shouldly;

namespace Ledger.Testing;

/// <summary>Given what has happened to one thing, when it is asked for something, then what happens.</summary>
public sealed class Scenario<TState, TEvent> where TState : IState<TState, TEvent> where TEvent : IEvent
{
    private readonly TState state;

    private Scenario(TState state) => this.state = state;

    public static Scenario<TState, TEvent> Given(params IEnumerable<TEvent> happened) =>
        new(happened.Aggregate(TState.Initial, TState.Evolve));

    public Decided When(ICommand<TState, TEvent> command) => new(state, command.Decide(state));

    /// <summary>What the command led to.</summary>
    public sealed class Decided(TState before, Decision<TEvent> decision)
    {
        public TState State { get; } = decision.Aggregate(before, TState.Evolve);

        public Decided Then(params IEnumerable<TEvent> expected)
        {
            decision.Rejection.ShouldBeNull();
            EventText.Of(decision.Cast<IEvent>()).ShouldBe(EventText.Of(expected.Cast<IEvent>()));
            return this;
        }

        public void ThenNothing() => Then();

        public void ThenRejected(Rejection expected)
        {
            decision.Rejection.ShouldNotBeNull().Code.ShouldBe(expected.Code);
            decision.ShouldBeEmpty();
            decision.Claims.ShouldBeEmpty();
            decision.Releases.ShouldBeEmpty();
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
    }
}
