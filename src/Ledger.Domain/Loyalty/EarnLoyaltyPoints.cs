using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Loyalty;

/// <summary>Give a customer the points for what they have paid. A payment is rewarded once, however often this is asked.</summary>
/// <remarks>
/// Nothing where the tenant gives no points, nobody known has paid, or the money is worth none. What has gone back already is
/// taken off in the same commit. Source: rules LOY-1, C-D4, C-D20.
/// </remarks>
public sealed record EarnLoyaltyPoints(PaymentId PaymentId, TenantId Tenant, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        // The tenant first: where it gives no points, nothing else is looked at.
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known { LoyaltyPointsPerUnit: { } perUnit }
            || await states.Of<Payment, PaymentEvent>(PaymentId.Stream) is not Payment.Known { IsPaid: true, CustomerId: { } customer } payment
            || await states.Of<Customer, CustomerEvent>(customer.Stream) is not Customer.Known) return JointDecision.Nothing;

        var id = LoyaltyAccountId.Of(customer);
        var account = await states.Of<LoyaltyAccount, LoyaltyAccountEvent>(id.Stream);
        var points = PointsRate.Of(payment.Captured, perUnit);
        if (points == 0 || account.Earned.ContainsKey(PaymentId)) return JointDecision.Nothing;

        var earned = new LoyaltyPointsEarned(id, customer, PaymentId, payment.Captured, perUnit, points, account.Balance + points, Today);
        var reversed = new ReverseLoyaltyPoints(customer, PaymentId, RefundId: null, payment.Refunded, Today).Decide(LoyaltyAccount.Evolve(account, earned));
        return new JointDecision().Append(id.Stream, [earned, .. reversed]);
    }
}
