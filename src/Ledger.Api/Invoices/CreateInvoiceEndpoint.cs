using Ledger.Api.Subscriptions;
using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Invoices;

internal static class CreateInvoiceEndpoint
{
    private const int DueDaysMax = 365;

    public static void MapCreateInvoice(this IEndpointRouteBuilder invoices) => invoices
        .MapPost("/", Create).Is("createInvoice", "Invoice a customer for something that is of no subscription; as a draft, or issued at once.", Who.Staff)
        .Takes<Request>().Produces<InvoiceResponse>(201).Keyed(movesMoney: true)
        .Rejects(CustomerRejections.NotFound, InvoiceRejections.LinesRequired, ProductVariationRejections.NotFound, ProductVariationRejections.Archived,
            SubscriptionRejections.PriceMissing, SubscriptionRejections.CurrencyMismatch, SubscriptionRejections.AmountTooLarge);

    private static async Task<IResult> Create(Body<Request> body, Call call, Numbering numbering, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        ItemRequest.CheckAll(Check.That(request.Items is { Count: > 0 }, "/items", "required", "At least one item."), request.Items)
            .And(request.DueDays is >= 0 and <= DueDaysMax, "/due_days", "out_of_range", $"From 0 to {DueDaysMax}.")
            .And(request.Items?.All(item => item?.Frequency is null) ?? true, "/items", "not_recurring", "An item of an invoice has no frequency.").OrRefuse();
        var id = new InvoiceId(Guid.CreateVersion7());
        var command = new DraftInvoice(
            id, call.Caller.Tenant.Id, request.CustomerId, request.Currency, [.. request.Items!.Select(item => item.ToWanted())], request.DueDays,
            call.Today, IssuesAtOnce: !request.Draft);
        return await numbering.Run(call, command, outcome =>
        {
            var (state, version) = outcome.Of<Invoice>(id.Stream);
            return Made((Invoice.Known)state, version);
        }, async made =>
        {
            var (state, version) = await states.WithVersion<Invoice, InvoiceEvent>(call.Tenant, new InvoiceId(made).Stream, ct);
            return Made((Invoice.Known)state, version);
        }, ct);
    }

    private static Answer Made(Invoice.Known invoice, long version) => Answer.Created($"/api/v1/invoices/{invoice.Id.Value}", InvoiceResponse.From(invoice), version);

    /// <param name="Currency">Absent for the tenant's.</param>
    /// <param name="DueDays">From the day of issue to the last day on which it is paid in time.</param>
    /// <param name="Draft">Whether it waits to be issued.</param>
    internal sealed record Request(
        CustomerId CustomerId, IReadOnlyList<ItemRequest> Items, Currency? Currency = null, int DueDays = 14, bool Draft = false);
}
