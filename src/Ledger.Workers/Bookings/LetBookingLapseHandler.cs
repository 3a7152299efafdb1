using Ledger.Application.Tenancy;
using Ledger.Domain.Bookings;

namespace Ledger.Workers.Bookings;

/// <summary>Cancels a booking that was not paid in time.</summary>
public sealed class LetBookingLapseHandler(CommandHandler commands, Tenants tenants) : IMessageHandler<LetBookingLapse>
{
    public async Task Handle(LetBookingLapse message, MessageContext context, CancellationToken ct)
    {
        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        _ = await commands.Handle(new CancelLapsedBooking(message.Id, context.Now, tenant.DateOf(context.Now)), context.Completing(), ct);
    }
}
