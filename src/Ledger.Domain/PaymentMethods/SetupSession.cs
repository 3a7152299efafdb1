using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

public readonly record struct SetupSessionId(Guid Value) : IId<SetupSessionId>
{
    public static SetupSessionId From(Guid value) => new(value);

    public StreamId Stream => new("setup_session", Value);

    /// <summary>The payment method that comes of this session: the same however often its end is heard of.</summary>
    public PaymentMethodId PaymentMethod => new(DerivedId.Of(Value, "payment method"));
}

/// <summary>What can happen to a setup session. Stored forever: add cases, never edit them.</summary>
public abstract record SetupSessionEvent : IEvent
{
    private protected SetupSessionEvent() { }
}

/// <param name="ProviderReference">What the provider calls it.</param>
/// <param name="ReturnUrl">Where the customer goes when the card has been entered.</param>
public sealed record SetupSessionCreated(
    SetupSessionId Id, CustomerId CustomerId, string Provider, string ProviderReference, Uri ReturnUrl) : SetupSessionEvent;

public sealed record SetupSessionCompleted(SetupSessionId Id, PaymentMethodId PaymentMethodId) : SetupSessionEvent;

/// <param name="Code">Why the provider took no card.</param>
public sealed record SetupSessionFailed(SetupSessionId Id, string Code) : SetupSessionEvent;

public enum SetupSessionStatus { Pending, Completed, Failed }

/// <summary>A customer's way to the provider's page, where a card is entered that we never see.</summary>
public abstract record SetupSession : IState<SetupSession, SetupSessionEvent>
{
    private SetupSession() { }

    public sealed record Unknown : SetupSession;

    public sealed record Known(
        SetupSessionId Id, CustomerId CustomerId, string Provider, string ProviderReference, Uri ReturnUrl, SetupSessionStatus Status,
        PaymentMethodId? PaymentMethodId, string? FailureCode) : SetupSession;

    public static SetupSession Initial { get; } = new Unknown();

    public static SetupSession Evolve(SetupSession state, SetupSessionEvent @event) => @event switch
    {
        SetupSessionCreated made => new Known(
            made.Id, made.CustomerId, made.Provider, made.ProviderReference, made.ReturnUrl, SetupSessionStatus.Pending,
            PaymentMethodId: null, FailureCode: null),
        SetupSessionCompleted done => (Known)state with { Status = SetupSessionStatus.Completed, PaymentMethodId = done.PaymentMethodId },
        SetupSessionFailed failed => (Known)state with { Status = SetupSessionStatus.Failed, FailureCode = failed.Code },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a setup session can say.</summary>
public static class SetupSessionRejections
{
    public static readonly Rejection NotFound = new("setup_session_not_found", RejectionKind.NotFound, "No setup session has this id.");
}
