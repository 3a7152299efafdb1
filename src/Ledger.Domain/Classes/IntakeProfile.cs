using Ledger.Domain.Customers;

namespace Ledger.Domain.Classes;

/// <summary>What can happen to an intake profile. Stored forever: add cases, never edit them.</summary>
public abstract record IntakeProfileEvent : IEvent
{
    private protected IntakeProfileEvent() { }
}

/// <summary>The health questionnaire was answered. The answers are not kept.</summary>
/// <param name="CompletedOn">In the tenant's zone.</param>
/// <param name="ExpiresAt">From then on it must be answered again before a class is booked.</param>
public sealed record IntakeProfileCompleted(IntakeProfileId Id, CustomerId CustomerId, LocalDate CompletedOn, Instant ExpiresAt) : IntakeProfileEvent;

/// <summary>Whether a customer has answered the health questionnaire, and for how long that counts.</summary>
public abstract record IntakeProfile : IState<IntakeProfile, IntakeProfileEvent>
{
    private IntakeProfile() { }

    public sealed record Unknown : IntakeProfile;

    public sealed record Known(IntakeProfileId Id, CustomerId CustomerId, LocalDate CompletedOn, Instant ExpiresAt) : IntakeProfile
    {
        public bool IsValidAt(Instant now) => now < ExpiresAt;
    }

    public static IntakeProfile Initial { get; } = new Unknown();

    public static IntakeProfile Evolve(IntakeProfile state, IntakeProfileEvent @event) => @event switch
    {
        IntakeProfileCompleted done => new Known(done.Id, done.CustomerId, done.CompletedOn, done.ExpiresAt),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" an intake profile can say.</summary>
public static class IntakeProfileRejections
{
    public static readonly Rejection NotFound = new(
        "intake_profile_not_found", RejectionKind.NotFound, "The customer has not completed an intake profile.");

    public static readonly Rejection Required = new(
        "intake_profile_required", RejectionKind.Unprocessable, "A class is booked after the intake profile is completed.");

    public static readonly Rejection Expired = new(
        "intake_profile_expired", RejectionKind.Unprocessable, "The intake profile has expired. Complete it again.");
}
