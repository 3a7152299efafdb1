using Ledger.Domain.Tenancy;

namespace Ledger.Domain.PaymentIntents;

public readonly record struct ProviderEventId(Guid Value) : IId<ProviderEventId>
{
    public static ProviderEventId From(Guid value) => new(value);

    /// <summary>By what the provider calls it: told twice, it is one.</summary>
    public static ProviderEventId Of(TenantId tenant, string provider, string name) => new(DerivedId.Of(tenant.ToString(), "provider_event", $"{provider}\n{name}"));

    public StreamId Stream => new("provider_event", Value);
}

/// <summary>What a provider has told us. Stored forever: add cases, never edit them.</summary>
public abstract record ProviderEvent : IEvent
{
    private protected ProviderEvent() { }
}

/// <param name="Name">What the provider calls it.</param>
/// <param name="Kind">In the provider's words: <c>payment_intent.succeeded</c>.</param>
public sealed record ProviderEventReceived(ProviderEventId Id, string Provider, string Name, string Kind, LocalDate On) : ProviderEvent;

/// <summary>Whether something that a provider tells was taken before.</summary>
public sealed record TakenProviderEvent(bool IsTaken) : IState<TakenProviderEvent, ProviderEvent>
{
    public static TakenProviderEvent Initial { get; } = new(false);

    public static TakenProviderEvent Evolve(TakenProviderEvent state, ProviderEvent @event) => @event switch
    {
        ProviderEventReceived => new(true),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Take what a provider tells, once: what follows from it is written with it. Told again, it changes nothing.</summary>
/// <remarks>Refuses as what follows does.</remarks>
/// <param name="Then">What follows from it.</param>
public sealed record TakeProviderEvent(ProviderEventId Id, string Provider, string Name, string Kind, IJointCommand Then, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<TakenProviderEvent, ProviderEvent>(Id.Stream) is { IsTaken: true }) return JointDecision.Nothing;
        var decision = await Then.Decide(states);
        return decision.Rejection is null ? decision.Append(Id.Stream, new ProviderEventReceived(Id, Provider, Name, Kind, On)) : decision;
    }
}
