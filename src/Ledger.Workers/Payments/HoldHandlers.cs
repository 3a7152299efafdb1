using Ledger.Application.Tenancy;
using Ledger.Gateways.Payments;

namespace Ledger.Workers.Payments;

/// <summary>Takes what is wanted of held money, and writes down the answer. It decides nothing.</summary>
/// <remarks>Without an answer the message fails and comes again: the provider takes the money once.</remarks>
public sealed class CaptureHoldHandler(
    IPaymentProvider provider, CommandHandler commands, StateReader states, Tenants tenants) : IMessageHandler<CaptureHold>
{
    public async Task Handle(CaptureHold message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<Payment, PaymentEvent>(context.Tenant, message.Id.Stream, ct) is not Payment.Known
            { Status: PaymentStatus.Authorized, CaptureWanted: { } amount } payment) return;
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var answer = await provider.Capture(new(context.Tenant, payment.ProviderReference!, amount.Amount, amount.Currency.Code), ct);
        _ = await commands.Handle(
            new RecordCapture(payment.Id, (answer as HoldAnswer.Refused)?.Code, tenant.DateOf(context.Now)), context.Completing(), ct);
    }
}

/// <summary>Lets held money go, and writes down the answer. It decides nothing.</summary>
public sealed class ReleaseHoldHandler(
    IPaymentProvider provider, CommandHandler commands, StateReader states, Tenants tenants) : IMessageHandler<ReleaseHold>
{
    /// <exception cref="InvalidOperationException">The provider has taken the money: a person has to look.</exception>
    public async Task Handle(ReleaseHold message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<Payment, PaymentEvent>(context.Tenant, message.Id.Stream, ct) is not Payment.Known
            { Status: PaymentStatus.Authorized, IsCancelWanted: true } payment) return;
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var answer = await provider.Release(new(context.Tenant, payment.ProviderReference!, 0, payment.Amount.Currency.Code), ct);
        if (answer is HoldAnswer.Refused { Code: var code }) throw new InvalidOperationException($"The provider does not let the money go: {code}.");
        _ = await commands.Handle(new RecordRelease(payment.Id, tenant.DateOf(context.Now)), context.Completing(), ct);
    }
}
