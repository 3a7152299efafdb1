namespace Ledger.Domain.PaymentMethods;

/// <summary>The provider has the card: keep it, and end the session. Hearing of it again changes nothing.</summary>
/// <remarks>Refuses with <c>setup_session_not_found</c>, and whatever <see cref="AddPaymentMethod"/> refuses with.</remarks>
public sealed record CompleteSetup(
    SetupSessionId Id, string Token, string Brand, string Last4, int ExpMonth, int ExpYear, string? Fingerprint) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<SetupSession, SetupSessionEvent>(Id.Stream) is not SetupSession.Known session) return SetupSessionRejections.NotFound;
        if (session.Status is not SetupSessionStatus.Pending) return JointDecision.Nothing;

        var add = new AddPaymentMethod(
            Id.PaymentMethod, session.CustomerId, session.Provider, Token, Brand, Last4, ExpMonth, ExpYear, Fingerprint);
        var decision = await add.Decide(states);
        return decision.Rejection is null
            ? decision.Append(Id.Stream, new SetupSessionCompleted(Id, Id.PaymentMethod))
            : decision;
    }
}

/// <summary>The provider took no card: end the session.</summary>
/// <remarks>Refuses with <c>setup_session_not_found</c>.</remarks>
public sealed record FailSetup(SetupSessionId Id, string Code) : ICommand<SetupSession, SetupSessionEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<SetupSessionEvent> Decide(SetupSession state) => state switch
    {
        SetupSession.Known { Status: SetupSessionStatus.Pending } => [new SetupSessionFailed(Id, Code)],
        SetupSession.Known => [],
        _ => SetupSessionRejections.NotFound,
    };
}
