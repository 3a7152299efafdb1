using Ledger.Domain.Payments;
using Ledger.EventStore.Idempotency;

namespace Ledger.Api.Payments;

/// <summary>Begins something that a provider has a say in, and waits a while for what it says.</summary>
/// <remarks>
/// The key stays pending until the payment has ended: a repeat, also one to another process after this one was killed, takes up the
/// same payment and never begins another.
/// </remarks>
internal sealed class Paying(StateReader states, CommandHandler commands, Waiting waiting)
{
    public async Task<IResult> Run(Call call, Awaited awaited, IJointCommand command, CancellationToken ct)
    {
        try
        {
            if (await call.Before(ct) is { } again) return again;
            var outcome = await commands.Handle(
                command, call.Context, ct, seen => seen.Rejection is { } no ? call.Refusal(no).ToStored() : null);
            if (outcome.Rejection is { } refused) return new AnswerResult(call.Refusal(refused));
        }
        catch (RequestKnownException repeat) when (repeat.Known.Kind is not KnownRequestKind.Pending) { return Call.Repeat(repeat.Known); }
        catch (RequestKnownException) { }
        catch (ProblemException pending) when (pending.Problem.Code == Problem.KeyPending.Code) { }

        return await TakeUp(call, awaited, ct);
    }

    private async Task<IResult> TakeUp(Call call, Awaited awaited, CancellationToken ct)
    {
        var answer = await waiting.For(() => Look(call, awaited, ct), ct);
        if (answer is not null)
        {
            await commands.End(call.Context, answer.ToStored(), ct);
            return new AnswerResult(answer);
        }

        return await states.Of<Payment, PaymentEvent>(call.Tenant, awaited.Id.Stream, ct) is Payment.Known charging
            ? new AnswerResult(Answer.Accepted($"/api/v1/payments/{awaited.Id.Value}", PaymentResponse.From(charging)))
            : throw new ProblemException(Problem.KeyPending) { RetryAfter = 1 };
    }

    /// <summary>The answer as soon as the payment has ended. A decline is a problem that says which payment failed; the payment can be read.</summary>
    private async Task<Answer?> Look(Call call, Awaited awaited, CancellationToken ct)
    {
        var (state, version) = await states.WithVersion<Payment, PaymentEvent>(call.Tenant, awaited.Id.Stream, ct);
        if (state is not Payment.Known payment) return await awaited.Without(ct);
        if (!awaited.HasEnded(payment)) return null;
        return payment.Status is PaymentStatus.Failed
            ? new(402, call.Tell(PaymentRejections.Declined(payment.FailureCode!)) with { PaymentId = payment.Id.Value })
            : await awaited.Tell(payment, version, ct);
    }
}

/// <summary>A payment whose end a request waits for, and what is said of it then.</summary>
internal abstract class Awaited(PaymentId id)
{
    public PaymentId Id => id;

    public virtual bool HasEnded(Payment.Known payment) => !payment.IsCharging;

    /// <summary>The answer to one that did not fail.</summary>
    public abstract ValueTask<Answer> Tell(Payment.Known payment, long version, CancellationToken ct);

    /// <summary>The answer where it turned out that no payment is needed; null while that is not so.</summary>
    public virtual ValueTask<Answer?> Without(CancellationToken ct) => ValueTask.FromResult<Answer?>(null);

    /// <summary>A charge, answered with the payment.</summary>
    /// <param name="success">The status of the answer.</param>
    public static Awaited Charge(PaymentId id, int success) => new Told(id, success, payment => !payment.IsCharging);

    /// <summary>Held money that is to be taken or let go, answered with the payment.</summary>
    public static Awaited Hold(PaymentId id) => new Told(id, 200, payment => payment.Status is not PaymentStatus.Authorized);

    private sealed class Told(PaymentId id, int success, Func<Payment.Known, bool> hasEnded) : Awaited(id)
    {
        public override bool HasEnded(Payment.Known payment) => hasEnded(payment);

        public override ValueTask<Answer> Tell(Payment.Known payment, long version, CancellationToken ct) => ValueTask.FromResult(
            new Answer(success, PaymentResponse.From(payment), version, success == 201 ? $"/api/v1/payments/{payment.Id.Value}" : null));
    }
}
