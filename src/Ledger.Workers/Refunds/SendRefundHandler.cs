using Ledger.Application.Tenancy;
using Ledger.Domain.Refunds;
using Ledger.Gateways.Payments;

namespace Ledger.Workers.Refunds;

/// <summary>Sends an approved refund to the provider, and writes down the answer. It decides nothing.</summary>
/// <remarks>Without an answer the message fails and comes again, under the same key: the provider sends the money once.</remarks>
public sealed class SendRefundHandler(
    IPaymentProvider provider, CommandHandler commands, StateReader states, Tenants tenants) : IMessageHandler<SendRefund>
{
    public async Task Handle(SendRefund message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<Refund, RefundEvent>(context.Tenant, message.Id.Stream, ct) is not Refund.Known { Status: RefundStatus.Processing } refund) return;
        if (await states.Of<Payment, PaymentEvent>(context.Tenant, refund.PaymentId.Stream, ct) is not Payment.Known payment) return;
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var result = await Send(refund, payment, context.Tenant, ct);
        _ = await commands.Handle(new RecordRefund(refund.Id, result, tenant.DateOf(context.Now)), context.Completing(), ct);
    }

    private async Task<RefundResult> Send(Refund.Known refund, Payment.Known payment, string tenant, CancellationToken ct)
    {
        // What was paid outside is paid back outside: we only write it down.
        if (payment.Provider != provider.Name) return new($"recorded {refund.Id.Value:N}");
        var request = new RefundRequest(
            tenant, refund.Id.Value.ToString("N"), payment.ProviderReference!, refund.Amount.Amount, refund.Amount.Currency.Code);
        return await provider.Refund(request, ct) switch
        {
            RefundAnswer.Refunded back => new(back.ProviderReference),
            RefundAnswer.Refused no => new(no.ProviderReference, no.Code),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
