using Ledger.Domain.Customers;

namespace Ledger.Domain.PaymentMethods;

/// <summary>Send a customer to the provider's page to enter a card. Nothing is charged.</summary>
/// <remarks>Refuses with <c>customer_not_found</c>.</remarks>
public sealed record BeginSetup(SetupSessionId Id, CustomerId CustomerId, string Provider, string ProviderReference, Uri ReturnUrl) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<SetupSession, SetupSessionEvent>(Id.Stream) is not SetupSession.Unknown) return JointDecision.Nothing;
        return await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is Customer.Known
            ? new JointDecision().Append(Id.Stream, new SetupSessionCreated(Id, CustomerId, Provider, ProviderReference, ReturnUrl))
            : CustomerRejections.NotFound;
    }
}
