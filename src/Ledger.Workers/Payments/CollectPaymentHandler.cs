using Ledger.Domain.PaymentMethods;
using Ledger.Gateways.Payments;
using Ledger.Workers.Tenancy;

namespace Ledger.Workers.Payments;

/// <summary>Charges an attempt, and writes down the answer. It decides nothing.</summary>
public sealed class CollectPaymentHandler(
    IPaymentProvider provider, CommandHandler commands, StateReader states, Tenants tenants) : IMessageHandler<CollectPayment>
{
    public async Task Handle(CollectPayment message, MessageContext context, CancellationToken ct)
    {
        // An attempt that has ended is not made again. What memory says is enough to begin, since the answer is checked when
        // it is written; that there is nothing to do, or nothing to charge, only the log can say: another process may be ahead.
        var payment = Begun(await states.Recent<Payment, PaymentEvent>(context.Tenant, message.Id.Stream, ct), message)
            ?? Begun(await states.Of<Payment, PaymentEvent>(context.Tenant, message.Id.Stream, ct), message);
        if (payment is null) return;

        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var today = tenant.DateOf(context.Now);
        var method = await Method(payment, context.Tenant, ct);
        try
        {
            var result = method is null ? ChargeResult.NoPaymentMethod : await Charge(payment, method, today, context.Tenant, ct);
            await ChargeOutcome.Record(commands, states, payment, tenant.Id, result, today, context, ct);
        }
        catch (ProviderOutcomeUnknownException)
        {
            _ = await commands.Handle(new RecordUnknownOutcome(message.Id, message.Attempt, today), context.Completing(), ct);
        }
    }

    /// <summary>The payment while the attempt of the message is to be made.</summary>
    private static Payment.Known? Begun(Payment state, CollectPayment message) =>
        state is Payment.Known { Status: PaymentStatus.Pending } payment && payment.Attempts == message.Attempt ? payment : null;

    private async ValueTask<PaymentMethod?> Method(Payment.Known payment, string tenant, CancellationToken ct)
    {
        if (payment.PaymentMethodId is not { } id) return null;
        var wallet = WalletStream.Of(payment.CustomerId);
        return (await states.Recent<Wallet, WalletEvent>(tenant, wallet, ct)).Find(id)
            ?? (await states.Of<Wallet, WalletEvent>(tenant, wallet, ct)).Find(id);
    }

    /// <summary>One key per attempt: a message that comes twice reaches the provider again, but charges once.</summary>
    private async Task<ChargeResult> Charge(Payment.Known payment, PaymentMethod method, LocalDate today, string tenant, CancellationToken ct)
    {
        var request = new ChargeRequest(
            tenant, payment.AttemptKey, method.Token, payment.Amount.Amount, payment.Amount.Currency.Code, payment.InvoiceId.Value.ToString(), today.ToDateOnly());
        try { return ChargeOutcome.Of(await provider.Charge(request, ct)); }
        catch (ProviderKeyVoidException) { return ChargeOutcome.NotCharged; }
        catch (CardRefusedException refused) { return new(null, refused.Code, IsHardFailure: true); }
    }
}
