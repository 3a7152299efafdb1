using Ledger.Domain.Customers;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Balances;

/// <summary>Give a customer money to spend here, or take some of it. The same adjustment again changes nothing.</summary>
/// <param name="On">The day from which it counts.</param>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, <c>amount_not_positive</c>, <c>amount_too_large</c>, and <c>insufficient_balance</c>
/// for taking more than there is. From a deleted customer it can be taken, and nothing can be given.
/// </remarks>
public sealed record AdjustCustomerBalance(
    CustomerId CustomerId, Guid AdjustmentId, BalanceOperation Operation, Money Amount, string? Reason, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var customer = await states.Of<Customer, CustomerEvent>(CustomerId.Stream);
        if (customer is not Customer.Known && !(customer is Customer.Deleted && Operation is BalanceOperation.Charge)) return CustomerRejections.NotFound;
        if (Amount.Amount <= 0) return BalanceRejections.AmountNotPositive;
        var id = BalanceId.Of(CustomerId);
        var balance = await states.Of<CustomerBalance, BalanceEvent>(id.Stream);
        if (balance.LastAdjustment == AdjustmentId) return JointDecision.Nothing;
        var has = balance.In(Amount.Currency);
        if (Operation is BalanceOperation.Charge && has < Amount) return BalanceRejections.Insufficient;
        if (Operation is BalanceOperation.Credit && has.Amount > WantedItem.TotalMax - Amount.Amount) return SubscriptionRejections.AmountTooLarge;

        var after = Operation is BalanceOperation.Credit ? has + Amount : has - Amount;
        return new JointDecision().Append(
            id.Stream, new CustomerBalanceAdjusted(id, CustomerId, AdjustmentId, Operation, Amount, after, On, Reason));
    }
}
