using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.Classes;

/// <summary>What money that goes back means to the classes that were bought with it.</summary>
/// <remarks>
/// Part of the money leaves the classes as they are. With the last of it the classes go that are left. So all of it is not refunded
/// while a booking has one of them, and no class is used while all of it is on its way back.
/// </remarks>
internal static class ClassMoneyBack
{
    /// <summary>Why so much cannot go back; null when it can.</summary>
    public static async ValueTask<Rejection?> Refusal(IStates states, Payment.Known payment, Money amount) =>
        IsAll(payment, amount) && await CreditOf(states, payment) is { IsInUse: true } ? ClassCreditRejections.InUse : null;

    /// <summary>Whether all that was paid has gone back, or is on its way.</summary>
    public static bool IsAll(Payment.Known payment, Money more) => payment.Captured.Amount > 0
        && payment.Reserved.Values.Aggregate(payment.Refunded + more, (sum, one) => sum + one) >= payment.Captured;

    /// <summary>Takes away what is left of the classes, once all the money has gone back. What has expired is gone already.</summary>
    public static async ValueTask Void(IStates states, Payment.Known payment, RefundId refund, LocalDate on, JointDecision decision)
    {
        if (await CreditOf(states, payment) is { IsExpired: false, VoidedBy: null } credit)
            _ = decision.Append(credit.Id.Stream, new ClassCreditVoided(credit.Id, refund, credit.ValueLeft, credit.Remaining, on));
    }

    private static async ValueTask<ClassCredit.Known?> CreditOf(IStates states, Payment.Known payment) =>
        payment.For is { Kind: PurchaseKind.ClassCredit } bought
            ? await states.Of<ClassCredit, ClassCreditEvent>(new ClassCreditId(bought.Id).Stream) as ClassCredit.Known
            : null;
}
