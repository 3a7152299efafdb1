using Ledger.Domain.People;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Subscriptions;

/// <summary>What requests ask of a subscription, as commands: the same to make a change as to preview it.</summary>
internal static class SubscriptionChanges
{
    public static IJointCommand Plan(Call call, SubscriptionId id, IReadOnlyList<ItemRequest>? items, Frequency? frequency, ChangeTime when)
    {
        WantedItem[]? wanted = items is null ? null : [.. items.Select(item => item.ToWanted())];
        return when is ChangeTime.Now
            ? new ChangeSubscriptionNow(id, call.Caller.Tenant.Id, wanted, frequency, call.Today)
            : new ChangeSubscriptionPlan(id, wanted, frequency, call.Today);
    }

    public static IJointCommand Pause(Call call, SubscriptionId id, string? reason, bool creditUnused) => creditUnused
        ? new CreditSubscriptionPause(id, call.Caller.Tenant.Id, reason, call.Today)
        : new Alone<Subscription, SubscriptionEvent>(new PauseSubscription(id, reason, call.Today));

    public static IJointCommand Resume(Call call, SubscriptionId id) => new Alone<Subscription, SubscriptionEvent>(new ResumeSubscription(id, call.Today));

    /// <exception cref="ProblemException">A refund is wished for, but not at once.</exception>
    public static IJointCommand Cancel(Call call, SubscriptionId id, CancelSubscriptionEndpoint.Request request)
    {
        Check.That(request.On is null || !request.CancelAtPeriodEnd, "/on", "one_of_two", "Either a day, or the end of the period.").OrRefuse();
        if (!request.RefundUnused) return new Alone<Subscription, SubscriptionEvent>(new CancelSubscription(id, request.CancelAtPeriodEnd, request.Reason, call.Today, request.On));
        if (request.CancelAtPeriodEnd || (request.On is { } on && on != call.Today)) throw new ProblemException(Problem.Of(SubscriptionRejections.RefundOnlyNow));
        return new CancelAndRefundSubscription(
            id, call.Caller.Tenant.Id, request.Reason, call.Caller.Id.ToString(), call.Caller.May(Permission.ApproveRefunds), call.Today);
    }

    public static IJointCommand Reactivate(Call call, SubscriptionId id) => new ReactivateSubscription(id, call.Today);
}

/// <summary>A command about one thing, decided as one that may look at several.</summary>
internal sealed record Alone<TState, TEvent>(ICommand<TState, TEvent> Command) : IJointCommand
    where TState : IState<TState, TEvent> where TEvent : IEvent
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var decision = Command.Decide(await states.Of<TState, TEvent>(Command.Stream));
        if (decision.Rejection is { } rejection) return rejection;
        var joint = new JointDecision();
        foreach (var one in decision) _ = joint.Append(Command.Stream, one);
        return joint;
    }
}
