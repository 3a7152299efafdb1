using Ledger.Application.Tenancy;
using Ledger.Domain.Loyalty;

namespace Ledger.Workers.Loyalty;

/// <summary>Gives the points for a payment. Whether the tenant gives any is decided on its newest settings.</summary>
public sealed class GivePointsHandler(CommandHandler commands, Tenants tenants) : IMessageHandler<GivePoints>
{
    public async Task Handle(GivePoints message, MessageContext context, CancellationToken ct)
    {
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        _ = await commands.Handle(new EarnLoyaltyPoints(message.Id, tenant.Id, tenant.DateOf(context.Now)), context.Completing(), ct);
    }
}
