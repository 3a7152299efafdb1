namespace Ledger.Domain.Classes;

/// <summary>Let the classes go whose time is up. Before it, after it, and where none is left, nothing happens.</summary>
public sealed record ExpireClassCredit(ClassCreditId Id, Instant Now, LocalDate Today) : ICommand<ClassCredit, ClassCreditEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ClassCreditEvent> Decide(ClassCredit state) =>
        state is ClassCredit.Known { IsExpired: false, Remaining: > 0 } known && Now >= known.ExpiresAt
            ? [new ClassCreditExpired(Id, known.ValueLeft, known.Remaining, Today)]
            : [];
}
