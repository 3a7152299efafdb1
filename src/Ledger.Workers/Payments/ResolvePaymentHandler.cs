using Ledger.Application.Tenancy;
using Ledger.Gateways.Payments;

namespace Ledger.Workers.Payments;

/// <summary>Asks the provider what became of an attempt it did not answer. It never charges.</summary>
public sealed class ResolvePaymentHandler(
    IPaymentProvider provider, CommandHandler commands, StateReader states, Tenants tenants) : IMessageHandler<ResolvePayment>
{
    public async Task Handle(ResolvePayment message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<Payment, PaymentEvent>(context.Tenant, message.Id.Stream, ct) is not Payment.Known payment
            || payment.Attempts != message.Attempt) return;

        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        if (payment.IsPaid) await ChargeOutcome.GoOn(commands, payment, tenant.Id, tenant.DateOf(context.Now), context, ct);
        if (!payment.IsCharging) return;

        var answer = await provider.FindCharge(context.Tenant, payment.AttemptKey, ct);
        var result = answer is null ? ChargeOutcome.NotCharged : ChargeOutcome.Of(answer);
        await ChargeOutcome.Record(commands, states, payment, tenant.Id, result, tenant.DateOf(context.Now), context, ct);
    }
}
