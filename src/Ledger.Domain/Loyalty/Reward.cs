namespace Ledger.Domain.Loyalty;

/// <summary>A reward, as it is now.</summary>
public abstract record Reward : IState<Reward, RewardEvent>
{
    private Reward() { }

    public sealed record Unknown : Reward;

    public sealed record Known(RewardId Id, string Name, string? Description, long PointsRequired, bool Active) : Reward;

    public static Reward Initial { get; } = new Unknown();

    public static Reward Evolve(Reward state, RewardEvent @event) => @event switch
    {
        RewardCreated made => new Known(made.Id, made.Name, made.Description, made.PointsRequired, made.Active),
        RewardChanged changed => new Known(changed.Id, changed.Name, changed.Description, changed.PointsRequired, changed.Active),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a reward can say.</summary>
public static class RewardRejections
{
    public static readonly Rejection NotFound = new("reward_not_found", RejectionKind.NotFound, "Reward not found");
}
