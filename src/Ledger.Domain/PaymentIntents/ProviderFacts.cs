using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.PaymentIntents;

/// <summary>What follows from something that a provider tells.</summary>
internal static class ProviderFacts
{
    /// <summary>The command that writes it down; or why it is kept.</summary>
    public static async ValueTask<(IJointCommand? Command, KeptBecause? Because)> Of(IStates states, ProviderSubject subject, ProviderFact fact, LocalDate on) =>
        fact.Kind is ProviderFactKind.Succeeded or ProviderFactKind.Failed or ProviderFactKind.Canceled
            ? await OfIntent(states, subject, fact, on)
            : await OfPayment(states, subject, fact, on);

    private static async ValueTask<(IJointCommand?, KeptBecause?)> OfIntent(IStates states, ProviderSubject subject, ProviderFact fact, LocalDate on)
    {
        if (subject is not { IntentId: { } id, Reference: { } reference, Tenant: { } tenant }
            || await states.Of<PaymentIntent, PaymentIntentEvent>(id.Stream) is not PaymentIntent.Known intent) return (null, KeptBecause.SubjectUnknown);
        var expected = intent.Amounts.GetValueOrDefault(reference, intent.Amount);
        if (fact.Kind is ProviderFactKind.Succeeded && Mismatch(fact.Amount, expected, isExact: true) is { } mismatch) return (null, mismatch);
        var code = fact.Kind switch
        {
            ProviderFactKind.Failed => fact.Code ?? PaymentRejections.CardDeclined.Code,
            ProviderFactKind.Canceled => IntentOutcome.Canceled,
            _ => null,
        };
        return (new RecordIntentOutcome(id, tenant, new(reference, fact.Charge, code is null ? fact.Amount : null, code, fact.ToldAt), on), null);
    }

    private static async ValueTask<(IJointCommand?, KeptBecause?)> OfPayment(IStates states, ProviderSubject subject, ProviderFact fact, LocalDate on)
    {
        if ((subject.PaymentId ?? subject.IntentId?.PaymentOf(subject.Reference!)) is not { } id
            || await states.OfNew<Payment, PaymentEvent>(id.Stream) is not Payment.Known { IsPaid: true } payment) return (null, KeptBecause.SubjectUnknown);
        var isKnown = fact.Kind is ProviderFactKind.DisputeClosed && fact.Amount is null && payment.Claimed.ContainsKey(fact.Dispute!);
        if (!isKnown && Mismatch(fact.Amount, payment.Captured, isExact: false) is { } mismatch) return (null, mismatch);
        return fact.Kind switch
        {
            ProviderFactKind.Refunded when fact.Amount > payment.Captured => (null, KeptBecause.AmountDiffers),
            ProviderFactKind.Refunded => (new RecordProviderRefund(id, fact.Amount!.Value, fact.Charge ?? "unknown", on), null),
            ProviderFactKind.Disputed => (new RecordDispute(id, fact.Dispute!, fact.Amount!.Value, fact.Code ?? "general", on), null),
            _ => (new CloseDispute(id, fact.Dispute!, fact.IsWon, on, fact.Amount), null),
        };
    }

    private static KeptBecause? Mismatch(Money? amount, Money expected, bool isExact)
    {
        if (amount is not { } told) return KeptBecause.AmountUnreadable;
        if (told.Currency != expected.Currency) return KeptBecause.CurrencyDiffers;
        return isExact && told != expected ? KeptBecause.AmountDiffers : null;
    }
}

/// <summary>What was told before what it is about was known.</summary>
internal static class KeptProviderEvents
{
    /// <summary>Writes down what has waited for this, as part of the decision by which it becomes known.</summary>
    public static async ValueTask<JointDecision> Apply(IStates states, ProviderSubject subject, LocalDate on, JointDecision decision)
    {
        var tried = new HashSet<ProviderEventId>();
        while (await Next(states, subject, on, decision, tried) is { } kept)
        {
            // It is no longer kept by the time that what follows from it is decided, which may look here as well.
            var attempt = new JointDecision().With(decision).Append(subject.Id.Stream, new ProviderEventApplied(subject.Id, kept.EventId, on));
            var after = new StatesAfter(states, attempt);
            if ((await ProviderFacts.Of(after, subject, kept.Fact, on)).Command is not { } command) continue;
            if (await command.Decide(after) is { Rejection: null } follows) decision = attempt.With(follows);
        }

        return decision;
    }

    private static async ValueTask<ProviderEventKept?> Next(
        IStates states, ProviderSubject subject, LocalDate on, JointDecision decision, HashSet<ProviderEventId> tried)
    {
        var known = await new StatesAfter(states, decision).OfNew<KnownProviderSubject, ProviderSubjectEvent>(subject.Id.Stream);
        return known.WaitingOn(on).FirstOrDefault(one => tried.Add(one.EventId));
    }
}
