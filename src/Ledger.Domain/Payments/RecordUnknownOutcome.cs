namespace Ledger.Domain.Payments;

/// <summary>Write down that the provider did not answer. The attempt goes on until it has been asked what became of it.</summary>
public sealed record RecordUnknownOutcome(PaymentId Id, int Attempt, LocalDate On) : ICommand<Payment, PaymentEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<PaymentEvent> Decide(Payment state) =>
        state is Payment.Known { Status: PaymentStatus.Pending } known && known.Attempts == Attempt
            ? [new PaymentOutcomeUnknown(Id, Attempt, On)]
            : [];
}
