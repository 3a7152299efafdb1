namespace Ledger.Domain.Payments;

/// <summary>How much of a payment is withheld for each of its disputes: it follows from all that was told, in whatever order it came.</summary>
internal static class Withholding
{
    /// <summary>What is to be withheld for a dispute: what it is about, as far as what did not go back and other disputes leave it.</summary>
    public static Money Of(Payment.Known payment, string dispute) => Targets(payment).Single(one => one.Dispute == dispute).Amount;

    /// <summary>Brings what is withheld to what it is to be.</summary>
    /// <param name="payment">With all that is known.</param>
    public static IEnumerable<PaymentEvent> Changes(Payment.Known payment, LocalDate on)
    {
        foreach (var (dispute, amount) in Targets(payment))
        {
            var now = payment.Disputed.GetValueOrDefault(dispute, Money.Zero(amount.Currency));
            if (now == amount) continue;
            yield return new PaymentDisputeChanged(
                payment.Id, dispute, payment.Claimed[dispute], amount, amount - now, payment.Provider!, payment.ClosedDisputes.Contains(dispute), on);
        }
    }

    /// <summary>By name, so that it is the same whoever came first.</summary>
    private static IEnumerable<(string Dispute, Money Amount)> Targets(Payment.Known payment)
    {
        var left = payment.Reserved.Values.Aggregate(payment.Captured - payment.Refunded, (sum, promised) => sum - promised);
        foreach (var (dispute, claimed) in payment.Claimed.Where(one => !payment.WonDisputes.Contains(one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            var amount = left.Amount <= 0 ? Money.Zero(left.Currency) : claimed < left ? claimed : left;
            left -= amount;
            yield return (dispute, amount);
        }
    }
}
