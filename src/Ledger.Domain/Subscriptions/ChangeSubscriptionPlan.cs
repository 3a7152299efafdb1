namespace Ledger.Domain.Subscriptions;

/// <summary>Another frequency and other items, from the end of what is invoiced on.</summary>
/// <remarks>Refuses as <see cref="ReplaceSubscriptionItems"/> does. The same plan again changes nothing.</remarks>
/// <param name="Items">Null to keep them.</param>
/// <param name="Frequency">Null to keep it.</param>
public sealed record ChangeSubscriptionPlan(SubscriptionId Id, IReadOnlyList<WantedItem>? Items, Frequency? Frequency, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.Of<Subscription, SubscriptionEvent>(Id.Stream);
        var decision = new JointDecision();
        if (Frequency is not null)
        {
            var changed = new ChangeSubscriptionFrequency(Id, Frequency).Decide(state);
            if (changed.Rejection is { } refused) return refused;
            _ = decision.Append(Id.Stream, [.. changed]);
        }

        if (Items is null) return state is Subscription.Known ? decision : SubscriptionRejections.NotFound;
        var replaced = await new ReplaceSubscriptionItems(Id, Items, Today).Decide(states);
        if (replaced.Rejection is not null) return replaced;
        foreach (var (stream, happened) in replaced.Events) _ = decision.Append(stream, happened);
        return decision;
    }
}
