using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Workers.Customers;

namespace Ledger.Workers.Importing;

/// <summary>Takes in subscribers with the commands that a request would use, many rows at a time.</summary>
/// <remarks>
/// Every id follows from the tenant and the row's external id, and every command decides nothing when it is already so: an
/// import that was killed is begun again, and goes on where it was.
/// </remarks>
public sealed class SubscriberImport(CommandHandler commands, CustomerSealing sealing)
{
    /// <summary>So many that the turns of the log are full, and so few that a row is done soon.</summary>
    private const int RowsAtATime = 256;

    /// <param name="context">Who imports, and when by the tenant's clock.</param>
    public Task Run(Tenant.Known tenant, IAsyncEnumerable<SubscriberRow> rows, CommandContext context, ImportTally tally, CancellationToken ct)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = RowsAtATime, CancellationToken = ct };
        return Parallel.ForEachAsync(rows, options, async (row, stop) =>
        {
            if (await Import(tenant, row, context, tally, stop) is { } rejection) tally.Refuse(new(row.Number, row.ExternalId, rejection));
        });
    }

    private async Task<Rejection?> Import(Tenant.Known tenant, SubscriberRow row, CommandContext context, ImportTally tally, CancellationToken ct)
    {
        var customer = new CustomerId(DerivedId.Of(context.Tenant, "customer", row.ExternalId));
        var id = new SubscriptionId(DerivedId.Of(context.Tenant, "subscription", row.ExternalId));
        var today = tenant.DateOf(context.At);

        var person = await sealing.New(context.Tenant, customer, row.Details, ct);
        var created = await commands.Handle(Customer(customer, row, person), person.In(context), ct);
        if (created.Rejection is not null) return created.Rejection;
        if (row.Card is { } card && (await commands.Handle(Method(context.Tenant, customer, row, card, created.Events.Count > 0), context, ct)).Rejection is { } noMethod) return noMethod;

        var subscribed = await commands.Handle(Subscription(id, tenant, customer, row, today), context, ct);
        if (subscribed.Rejection is not null) return subscribed.Rejection;
        var subscription = (Subscription.Known)subscribed.Of<Subscription>(id.Stream).State;
        var before = subscribed.Events.Count > 0 ? TenantFigures.Nothing : Worth(subscription);
        if (row.IsCancelled && !subscription.IsEnded)
        {
            var ended = await commands.Handle(new CancelSubscription(id, AtPeriodEnd: false, Reason: null, today), context, ct);
            if (ended.Rejection is not null) return ended.Rejection;
            subscription = (Subscription.Known)ended.State;
        }

        var one = TenantFigures.Nothing with { Customers = 1 };
        var (total, change) = (Worth(subscription) + one, Worth(subscription) - before);
        tally.Add(total, created.Events.Count > 0 ? change + one : change);
        return null;
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

    private static AddPaymentMethod Method(string tenant, CustomerId customer, SubscriberRow row, SubscriberCard card, bool isNew) => new(
        new(DerivedId.Of(tenant, "payment_method", row.ExternalId)), customer, card.Provider, card.Token, card.Description.Brand,
        card.Description.Last4, card.Description.ExpMonth, card.Description.ExpYear, Fingerprint: null, isNew);

    private static CreateSubscription Subscription(SubscriptionId id, Tenant.Known tenant, CustomerId customer, SubscriberRow row, LocalDate today) => new(
        id, tenant.Id, customer, row.StartOn, row.Frequency, row.Price.Currency,
        [new WantedItem(DerivedId.Of(id.Value, "item"), ProductVariationId: null, row.Description, Quantity: 1, row.Price, TaxRate: null)],
        PaymentMethodId: null, ExternalId: null, Metadata: null, today);
}
