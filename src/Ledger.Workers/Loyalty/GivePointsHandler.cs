using Ledger.Domain.Loyalty;

namespace Ledger.Workers.Loyalty;

/// <summary>Gives the points for a payment. Whether the tenant gives any is decided on its newest settings.</summary>
public sealed class GivePointsHandler(CommandHandler commands) : IMessageHandler<GivePoints>
{
    public async Task Handle(GivePoints message, MessageContext context, CancellationToken ct) =>
        _ = await commands.Handle(new EarnLoyaltyPoints(message.Id, new(Guid.Parse(context.Tenant))), context.Completing(), ct);
}
