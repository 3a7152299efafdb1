using Ledger.Application.Tenancy;
using Ledger.Domain.Loyalty;

namespace Ledger.Workers.Loyalty;

/// <summary>Takes back the points of what was refunded. One that comes before the points do finds none: they come without it.</summary>
public sealed class TakeBackPointsHandler(CommandHandler commands, StateReader states, Tenants tenants) : IMessageHandler<TakeBackPoints>
{
    public async Task Handle(TakeBackPoints message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<Payment, PaymentEvent>(context.Tenant, message.Id.Stream, ct) is not Payment.Known { CustomerId: { } customer }) return;
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        var command = new ReverseLoyaltyPoints(customer, message.Id, message.RefundId, message.Refunded, tenant.DateOf(context.Now));
        _ = await commands.Handle(command, context.Completing(), ct);
    }
}
