using Ledger.Domain.Payments;
using Ledger.EventStore.Idempotency;

namespace Ledger.Api.Payments;

/// <summary>Begins a payment, and waits a while for what the provider says.</summary>
/// <remarks>
/// The key stays pending until the payment has ended: a repeat, also one to another process after this one was killed, takes up the
/// same payment and never begins another.
/// </remarks>
internal sealed class Paying(StateReader states, CommandHandler commands, Waiting waiting)
{
    /// <param name="id">The payment that the command begins.</param>
    /// <param name="success">The status of an answer to a payment that was made.</param>
    public async Task<IResult> Run(Call call, PaymentId id, IJointCommand command, int success, CancellationToken ct)
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

        return await TakeUp(call, id, success, ct);
    }

    private async Task<IResult> TakeUp(Call call, PaymentId id, int success, CancellationToken ct)
    {
        var ended = await waiting.For(async () =>
            await states.WithVersion<Payment, PaymentEvent>(call.Tenant, id.Stream, ct) is (Payment.Known { IsCharging: false } known, var version)
                ? Tuple.Create(known, version) : null, ct);
        if (ended is not null)
        {
            var answer = Tell(call, ended.Item1, ended.Item2, success);
            await commands.End(call.Context, answer.ToStored(), ct);
            return new AnswerResult(answer);
        }

        return await states.Of<Payment, PaymentEvent>(call.Tenant, id.Stream, ct) is Payment.Known charging
            ? new AnswerResult(Answer.Accepted($"/api/v1/payments/{id.Value}", PaymentResponse.From(charging)))
            : throw new ProblemException(Problem.KeyPending) { RetryAfter = 1 };
    }

    /// <summary>A decline is a problem that says which payment failed; the payment can be read.</summary>
    private static Answer Tell(Call call, Payment.Known payment, long version, int success) => payment.Status is PaymentStatus.Failed
        ? new(402, call.Tell(PaymentRejections.Declined(payment.FailureCode!)) with { PaymentId = payment.Id.Value })
        : new(success, PaymentResponse.From(payment), version, success == 201 ? $"/api/v1/payments/{payment.Id.Value}" : null);
}
