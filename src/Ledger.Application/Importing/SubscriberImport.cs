using Ledger.Application.Customers;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;

namespace Ledger.Application.Importing;

/// <summary>Takes in subscribers with the commands that a request would use, many rows at a time, in two steps.</summary>
/// <remarks>
/// First every row is written, and nothing of it runs: who has left is ended from the first event on, everybody else is pending and has
/// no card. Then the cards come, and who can pay is activated. So nothing is billed before all of it is there, and nobody who has left ever is, whenever the
/// import is killed. Every id follows from the tenant and the row's external id, and every command decides nothing when it is
/// already so: an import that was stopped is begun again, and goes on where it was.
/// </remarks>
public sealed class SubscriberImport(CommandHandler commands, CustomerSealing sealing)
{
    /// <summary>So many that the batches of the log are full, and so few that a row is done soon.</summary>
    private const int RowsAtATime = 256;

    /// <summary>Takes in a whole file. While a row is refused nobody begins, unless that is asked for.</summary>
    /// <param name="context">Who imports, and when by the tenant's clock.</param>
    /// <param name="withoutRefused">Whether the others begin though some rows were refused.</param>
    /// <returns>Whether those who can pay were activated.</returns>
    public async Task<bool> Run(
        Tenant.Known tenant, ImportSource source, CommandContext context, ImportTally tally, CancellationToken ct, bool withoutRefused = false)
    {
        await Each(source.Rows(ct), row => Write(tenant, row, context, tally, ct), tally, ct);
        if (tally.Refusals > 0 && !withoutRefused) return false;
        await Each(source.Rows(ct), row => Activate(tenant, row, context, tally, ct), tally, ct);
        return true;
    }

    /// <summary>The subscription of a row.</summary>
    public static SubscriptionId IdOf(string tenant, string externalId) => new(DerivedId.Of(tenant, "subscription", externalId));

    private static CustomerId CustomerOf(string tenant, SubscriberRow row) => new(DerivedId.Of(tenant, "customer", row.ExternalId));

    private static Task Each(IAsyncEnumerable<SubscriberRow> rows, Func<SubscriberRow, Task<Rejection?>> take, ImportTally tally, CancellationToken ct)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = RowsAtATime, CancellationToken = ct };
        return Parallel.ForEachAsync(rows, options, async (row, _) =>
        {
            if (await take(row) is { } rejection) tally.Refuse(new(row.Number, row.ExternalId, rejection));
        });
    }

    private async Task<Rejection?> Write(Tenant.Known tenant, SubscriberRow row, CommandContext context, ImportTally tally, CancellationToken ct)
    {
        var customer = CustomerOf(context.Tenant, row);
        var person = await sealing.New(context.Tenant, customer, row.Details, ct);
        var created = await commands.Handle(Customer(customer, row, person), person.In(context), ct);
        if (created.Rejection is not null) return created.Rejection;
        var id = IdOf(context.Tenant, row.ExternalId);
        var taken = await commands.Handle(Subscription(id, customer, row, tenant.DateOf(context.At)), context, ct);
        if (taken.Rejection is not null) return taken.Rejection;

        // Whoever goes on is counted by the second step.
        var one = TenantFigures.Nothing with { Customers = 1 };
        var isNew = created.Events.Count > 0 ? one : TenantFigures.Nothing;
        if (!row.HasLeft) tally.Add(one, isNew);
        else tally.Add(one + Worth(After(taken, id)), isNew + Worth(After(taken, id)) - Before(taken, id));
        return null;
    }

    private async Task<Rejection?> Activate(Tenant.Known tenant, SubscriberRow row, CommandContext context, ImportTally tally, CancellationToken ct)
    {
        var id = IdOf(context.Tenant, row.ExternalId);
        var hasCard = false;
        if (row.Card is { } card)
        {
            var added = await commands.Handle(Method(context.Tenant, row, card), context, ct);
            if (added.Rejection == CustomerRejections.NotFound) return null;   // Its row was refused.
            if (added.Rejection is not null) return added.Rejection;
            hasCard = added.Events.Count > 0;
        }

        if (row.HasLeft || row.Card is null)
        {
            tally.Add(TenantFigures.Nothing, TenantFigures.Nothing);
            return null;
        }

        // Whoever gets a card begins by that alone; what is meant to happen may have happened already.
        var begun = await commands.Handle(new ActivateSubscription(id, tenant.DateOf(context.At)), context, ct);
        if (begun.Rejection is not null && begun.Rejection != SubscriptionRejections.Ended) return begun.Rejection;
        var worth = Worth(After(begun, id));
        tally.Add(worth, hasCard || begun.Events.Count > 0 ? worth : TenantFigures.Nothing);
        return null;
    }

    private static Subscription.Known After(JointOutcome outcome, SubscriptionId id) => (Subscription.Known)outcome.Of<Subscription>(id.Stream).State;

    /// <summary>What it counted for before: nothing when it is new, or never ran.</summary>
    private static TenantFigures Before(JointOutcome outcome, SubscriptionId id)
    {
        if (outcome.Events.Count == 0) return Worth(After(outcome, id));
        return outcome.Events.Any(one => one.Event is SubscriptionCreated) || After(outcome, id).Anchor is null
            ? TenantFigures.Nothing
            : Worth(After(outcome, id) with { Status = SubscriptionStatus.Active });
    }

    /// <summary>What a subscription counts for.</summary>
    private static TenantFigures Worth(Subscription.Known subscription)
    {
        var ended = subscription.IsEnded ? 1 : 0;
        if (!subscription.IsRunning) return TenantFigures.Nothing with { Ended = ended };
        var price = Money.Sum(subscription.Currency, subscription.Items.Select(item => item.Total));
        return TenantFigures.Nothing with { Running = 1 } + TenantFigures.Of(subscription.Frequency.MonthlyValue(price));
    }

    private static CreateCustomer Customer(CustomerId id, SubscriberRow row, SealedCustomer person) => new(
        id, CustomerHandles.Of(id), row.ExternalId, person.HasName, person.Details, person.EmailToken, AutoSendInvoices: false, Metadata: null);

    private static AddPaymentMethod Method(string tenant, SubscriberRow row, SubscriberCard card) => new(
        new(DerivedId.Of(tenant, "payment_method", row.ExternalId)), CustomerOf(tenant, row), card.Provider, card.Token, card.Description.Brand,
        card.Description.Last4, card.Description.ExpMonth, card.Description.ExpYear, Fingerprint: null);

    private static ImportSubscription Subscription(SubscriptionId id, CustomerId customer, SubscriberRow row, LocalDate today)
    {
        var plan = row.Plan;
        var item = new WantedItem(
            DerivedId.Of(id.Value, "item"), ProductVariationId: null, plan.Description, Quantity: 1, plan.Price, TaxRate: null);
        return new(id, customer, new(plan.StartOn, plan.PaidUntil, plan.Frequency, plan.Price.Currency, item), row.HasLeft, today);
    }
}
