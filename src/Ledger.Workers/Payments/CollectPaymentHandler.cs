using Ledger.Application.Tenancy;
using Ledger.Domain.PaymentMethods;
using Ledger.Gateways.Payments;

namespace Ledger.Workers.Payments;

/// <summary>Charges an attempt, and writes down the answer. It decides nothing.</summary>
public sealed class CollectPaymentHandler(
    IPaymentProvider provider, CommandHandler commands, StateReader states, Tenants tenants) : IMessageHandler<CollectPayment>
{
    public async Task Handle(CollectPayment message, MessageContext context, CancellationToken ct)
    {
        // The ledger is asked first: an attempt that has ended is not made again.
        if (await states.Of<Payment, PaymentEvent>(context.Tenant, message.Id.Stream, ct) is not Payment.Known payment || payment.Attempts != message.Attempt) return;
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var today = tenant.DateOf(context.Now);
        if (payment.IsPaid) await ChargeOutcome.GoOn(commands, payment, tenant.Id, today, context, ct);
        if (payment.Status is not PaymentStatus.Pending) return;

        var token = payment.Card?.Token ?? (await Method(payment, context.Tenant, ct))?.Token;
        try
        {
            var result = token is null ? ChargeResult.NoPaymentMethod : await Charge(payment, token, today, context.Tenant, ct);
            await ChargeOutcome.Record(commands, states, payment, tenant.Id, result, today, context, ct);
        }
        catch (ProviderOutcomeUnknownException)
        {
            _ = await commands.Handle(new RecordUnknownOutcome(message.Id, message.Attempt, today), context.Completing(), ct);
        }
    }

    private async Task<PaymentMethod?> Method(Payment.Known payment, string tenant, CancellationToken ct) =>
        payment is { PaymentMethodId: { } id, CustomerId: { } customer }
            ? (await states.Of<Wallet, WalletEvent>(tenant, WalletStream.Of(customer), ct)).Find(id)
            : null;

    /// <summary>One key per attempt: a message that comes twice reaches the provider again, but charges once.</summary>
    private async Task<ChargeResult> Charge(Payment.Known payment, string token, LocalDate today, string tenant, CancellationToken ct)
    {
        var request = new ChargeRequest(
            tenant, payment.AttemptKey, token, payment.Amount.Amount, payment.Amount.Currency.Code, (payment.InvoiceId?.Value ?? payment.Id.Value).ToString(), today.ToDateOnly(),
            payment.CapturesLater);
        try { return ChargeOutcome.Of(await provider.Charge(request, ct)); }
        catch (ProviderKeyVoidException) { return ChargeOutcome.NotCharged; }
        catch (CardRefusedException refused) { return new(null, refused.Code, IsHardFailure: true); }
    }
}
