using Ledger.Projections.Subscriptions;

namespace Ledger.Workers.Billing;

/// <summary>Finds what is due and has it worked off, many subscriptions to a message, so that all workers share it.</summary>
public sealed class RunBillingHandler(
    StateReader states, TimeLimitWork limits, DueSubscriptions due, EventFeed feed, ViewProgress views, GroupCommit groupCommit) : IMessageHandler<RunBilling>
{
    private const int PageMax = 1000;
    private const int PerMessageMax = 20;
    private static readonly TimeSpan ForViews = TimeSpan.FromSeconds(5);

    public async Task Handle(RunBilling message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<BillingRun, BillingRunEvent>(context.Tenant, message.Id.Stream, ct) is not BillingRun.Known { Result: null } run) return;
        if (!await views.WaitFor(await feed.Head(ct), ForViews, ct)) throw new NotYetException(ForViews / 50);

        _ = await limits.Do(context.Tenant, run.AsOfDate, context.Continuing, ct);
        var after = Guid.Empty;
        while (await due.On(context.Tenant, run.AsOfDate, after, PageMax, ct) is { Count: > 0 } page)
        {
            after = page[^1];
            _ = await groupCommit.Commit(new Commit(context.Tenant)
            {
                // Named by all of them: after a kill the same first one may stand before others.
                Sends = [.. page.Chunk(PerMessageMax).Select(some => context.Follow(
                    $"work off {string.Join(' ', some)}", new WorkOffSubscriptions([.. some.Select(id => new SubscriptionId(id))], run.AsOfDate)))],
            });
        }

        _ = await groupCommit.Commit(new Commit(context.Tenant)
        {
            Completes = context.Complete(), Sends = [context.Follow("close", new CloseBillingRun(message.Id))],
        });
    }
}
