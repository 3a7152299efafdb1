using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Invoices;
using Ledger.Projections;

namespace Ledger.Workers.Billing;

/// <summary>Writes down what time alone has decided: invoices overdue, places not paid in time, classes that expired.</summary>
/// <remarks>It asks what is so by now, so it finds whatever a lost message, a stopped server or another time zone has left.</remarks>
public sealed class TimeLimitWork(TimeLimits limits, CommandHandler commands)
{
    private const int PageMax = 200, AtOnceMax = 20;

    /// <returns>How many things it has changed.</returns>
    /// <param name="today">The date by which invoices are overdue.</param>
    public async Task<int> Do(string tenant, LocalDate today, CommandContext context, CancellationToken ct) =>
        await All((after, max) => limits.OverdueInvoices(tenant, today, after, max, ct),
            async id => (await commands.Handle(new MarkInvoiceOverdue(new(id), today), context, ct)).Events.Count)
        + await All((after, max) => limits.LapsedBookings(tenant, context.At, after, max, ct),
            async id => (await commands.Handle(new CancelLapsedBooking(new(id), context.At, today), context, ct)).Events.Count)
        + await All((after, max) => limits.ExpiredClassCredits(tenant, context.At, after, max, ct),
            async id => (await commands.Handle(new ExpireClassCredit(new(id), context.At, today), context, ct)).Events.Count);

    private static async Task<int> All(Func<Guid, int, Task<List<Guid>>> page, Func<Guid, Task<int>> change)
    {
        var (changed, after) = (0, Guid.Empty);
        while (await page(after, PageMax) is { Count: > 0 } found)
        {
            after = found[^1];
            foreach (var some in found.Chunk(AtOnceMax)) changed += (await Task.WhenAll(some.Select(change))).Count(events => events > 0);
        }

        return changed;
    }
}
