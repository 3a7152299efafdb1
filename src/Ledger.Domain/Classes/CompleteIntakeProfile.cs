using Ledger.Domain.Customers;

namespace Ledger.Domain.Classes;

/// <summary>Note that a customer has answered the health questionnaire today. On the same day again changes nothing.</summary>
/// <remarks>Refuses with <c>customer_not_found</c>. It counts for 365 days.</remarks>
/// <param name="Today">The current date in the tenant's zone.</param>
public sealed record CompleteIntakeProfile(CustomerId CustomerId, LocalDate Today) : IJointCommand
{
    private const int ValidityDays = 365;

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var id = IntakeProfileId.Of(CustomerId);
        var profile = await states.Of<IntakeProfile, IntakeProfileEvent>(id.Stream);
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        return profile is IntakeProfile.Known known && known.CompletedOn == Today
            ? JointDecision.Nothing
            : new JointDecision().Append(id.Stream, new IntakeProfileCompleted(id, CustomerId, Today, Validity.End(Today, ValidityDays)));
    }
}

/// <summary>How long something counts that is good for a number of days.</summary>
internal static class Validity
{
    /// <summary>The first instant at which it is over: midnight UTC, so many days after the day it began.</summary>
    public static Instant End(LocalDate from, int days) => from.PlusDays(days).AtMidnight().InUtc().ToInstant();
}
