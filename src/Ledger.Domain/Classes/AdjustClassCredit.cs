namespace Ledger.Domain.Classes;

/// <summary>Give classes without money, or take some away. Repeating it with the same adjustment id changes nothing.</summary>
/// <remarks>
/// Refuses with <c>class_credit_not_found</c>, <c>class_credit_not_valid</c> when its time is up or its money went back, <c>class_credit_too_few_classes</c>.
/// What is left of the price is spread over the classes that come; those that go take their shares along, the next ones first.
/// </remarks>
/// <param name="Classes">Above zero to give, below to take away.</param>
public sealed record AdjustClassCredit(ClassCreditId Id, Guid AdjustmentId, int Classes, string? Reason, Instant Now, LocalDate Today)
    : ICommand<ClassCredit, ClassCreditEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ClassCreditEvent> Decide(ClassCredit state)
    {
        if (state is not ClassCredit.Known known) return ClassCreditRejections.NotFound;
        if (Classes == 0 || known.Adjustments.Contains(AdjustmentId)) return [];
        if (known.IsExpired || known.VoidedBy is not null || Now >= known.ExpiresAt) return ClassCreditRejections.NotValid;
        if (known.Remaining + Classes < 0) return ClassCreditRejections.TooFewClasses;

        var nothing = Money.Zero(known.AmountPaid.Currency);
        var dropped = Classes < 0
            ? Money.Sum(nothing.Currency, ClassValues.Of(known.ValueLeft, known.Remaining).Take(-Classes))
            : nothing;
        var left = known.Remaining + Classes;
        var next = left > 0 ? ClassValues.Of(known.ValueLeft - dropped, left)[0] : nothing;
        return [new ClassCreditAdjusted(Id, AdjustmentId, Classes, dropped, next, Today, Reason)];
    }
}
