using Ledger.Application.Tenancy;
using Ledger.Domain.Classes;

namespace Ledger.Workers.Classes;

/// <summary>Lets the classes of a credit go when their time is up.</summary>
public sealed class LetClassCreditExpireHandler(CommandHandler commands, Tenants tenants) : IMessageHandler<LetClassCreditExpire>
{
    public async Task Handle(LetClassCreditExpire message, MessageContext context, CancellationToken ct)
    {
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        _ = await commands.Handle(new ExpireClassCredit(message.Id, context.Now, tenant.DateOf(context.Now)), context.Completing(), ct);
    }
}
