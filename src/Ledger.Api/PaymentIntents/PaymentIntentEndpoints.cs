using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentIntents;
using Ledger.Domain.Payments;
using Ledger.Gateways.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.PaymentIntents;

/// <summary>A customer's way to pay one thing from a browser: the card goes to the provider, and never comes here.</summary>
internal static class PaymentIntentEndpoints
{
    private const int PerMinute = 10;

    public static void MapPaymentIntents(this IEndpointRouteBuilder api)
    {
        var intents = api.MapGroup("/payment-intents").WithTags("Payments");
        _ = intents.MapPost("/", Create)
            .Is("createPaymentIntent", "Let an invoice or an order be paid from a browser. While the same is to be paid, it stays the same intent.", Who.CustomerOwn)
            .Takes<Request>().Produces<PaymentIntentResponse>(201).Keyed().AtMost(PerMinute)
            .Rejects(InvoiceRejections.NotFound, InvoiceRejections.AlreadyPaid, InvoiceRejections.Cancelled, InvoiceRejections.NotOpen, OrderRejections.NotFound,
                OrderRejections.AlreadyPaid, OrderRejections.Cancelled, OrderRejections.CustomerRequired, PaymentRejections.Pending, PaymentRejections.AmountMismatch, CustomerRejections.NotFound);
        _ = intents.MapGet("/{payment_intent_id:guid}", Get).Is("getPaymentIntent", "Read a payment intent.", Who.CustomerOwn)
            .Produces<PaymentIntentResponse>().Rejects(PaymentIntentRejections.NotFound);
        _ = intents.MapPost("/{payment_intent_id:guid}/confirm", Confirm)
            .Is("confirmPaymentIntent", "Ask the provider what became of an intent, and write it down; the same as its webhook, whichever comes first.", Who.CustomerOwn)
            .Takes<ConfirmRequest>().Produces<PaymentIntentResponse>().AtMost(PerMinute)
            .Rejects(PaymentIntentRejections.NotFound, PaymentIntentRejections.Mismatch, PaymentIntentRejections.NotSuccessful);
    }

    private static async Task<IResult> Create(
        Body<Request> body, Call call, StateReader states, CommandHandler commands, IPaymentProvider provider, CancellationToken ct)
    {
        var request = body.Value;
        Check.That(request.InvoiceId is null != request.OrderId is null, "", "one_of", "Either an invoice or an order.").OrRefuse();
        if (await call.Before(ct) is { } again) return again;
        var (invoice, order, amount) = await Payable(request, call, states, commands, ct);
        if (request.Amount is { } said && said != amount.Amount) throw new ProblemException(Problem.Of(PaymentRejections.Expected(amount)));

        var id = invoice is { } of ? PaymentIntentId.For(of) : PaymentIntentId.For(order!.Value);
        var (state, version) = await states.WithVersion<PaymentIntent, PaymentIntentEvent>(call.Tenant, id.Stream, ct);
        var offered = state is PaymentIntent.Known { IsOpen: true } open && open.Amount == amount
            ? (await provider.FindIntent(call.Tenant, open.ProviderReference, ct))!
            : await provider.CreateIntent(new(call.Tenant, $"{id.Value:N}-{version}-{amount.Amount}", amount.Amount, amount.Currency.Code), ct);
        return await call.Run(new OpenPaymentIntent(invoice, order, amount, provider.Name, offered.Reference, call.Today, call.Caller.Tenant.Id), outcome =>
        {
            var (now, at) = outcome.Of<PaymentIntent>(id.Stream);
            return Answer.Created($"/api/v1/payment-intents/{id.Value}", PaymentIntentResponse.From((PaymentIntent.Known)now, offered), at);
        }, ct, context => context with { ExpectedVersion = null });   // Nobody has seen a version of what is made.
    }

    /// <summary>What is to be paid by now; an order of items gets its invoice first.</summary>
    private static async Task<(InvoiceId? Invoice, OrderId? Order, Money Amount)> Payable(
        Request request, Call call, StateReader states, CommandHandler commands, CancellationToken ct)
    {
        if (request.InvoiceId is { } id) return (id, null, await Open(call, states, id, InvoiceRejections.NotFound, ct));
        var asked = request.OrderId!.Value;
        if (await states.Of<Order, OrderEvent>(call.Tenant, asked.Stream, ct) is not Order.Known order || (call.Caller.Customer is { } self && order.CustomerId != self))
            throw new ProblemException(Problem.Of(OrderRejections.NotFound));
        if (order.NotPayable is { } no) throw new ProblemException(Problem.Of(no));
        if (order.CustomerId is null) throw new ProblemException(Problem.Of(OrderRejections.CustomerRequired));
        if (!order.HasItems) return (null, asked, order.Rest);
        if ((await commands.Handle(new InvoiceOrder(asked, call.Today), call.Context with { Request = null, ExpectedVersion = null }, ct)).Rejection is { } refused)
            throw new ProblemException(Problem.Of(refused));
        return (order.Invoice, null, await Open(call, states, order.Invoice, OrderRejections.NotFound, ct));
    }

    private static async Task<Money> Open(Call call, StateReader states, InvoiceId id, Rejection missing, CancellationToken ct)
    {
        if (await states.Of<Invoice, InvoiceEvent>(call.Tenant, id.Stream, ct) is not Invoice.Known invoice || (call.Caller.Customer is { } self && invoice.CustomerId != self))
            throw new ProblemException(Problem.Of(missing));
        return invoice.IsOpen ? invoice.Open : throw new ProblemException(Problem.Of(InvoiceRejections.WhyNotOpen(invoice)));
    }

    private static async Task<IResult> Get(
        [FromRoute(Name = "payment_intent_id")] Guid paymentIntentId, Call call, StateReader states, IPaymentProvider provider, CancellationToken ct)
    {
        var (intent, version) = await Find(call, states, new(paymentIntentId), ct);
        return new AnswerResult(Answer.Ok(PaymentIntentResponse.From(intent, await provider.FindIntent(call.Tenant, intent.ProviderReference, ct)), version));
    }

    private static async Task<IResult> Confirm(
        [FromRoute(Name = "payment_intent_id")] Guid paymentIntentId, Body<ConfirmRequest> body, Call call, StateReader states, CommandHandler commands,
        IPaymentProvider provider, CancellationToken ct)
    {
        var (intent, _) = await Find(call, states, new(paymentIntentId), ct);
        if (!body.Value.Fits(intent)) throw new ProblemException(Problem.Of(PaymentIntentRejections.Mismatch));
        var known = await provider.FindIntent(call.Tenant, intent.ProviderReference, ct);
        var outcome = known is { FailureCode: null, IsPaid: false } or null
            ? null : new IntentOutcome(intent.ProviderReference, known.ChargeReference, FailureCode: known.FailureCode);
        if (outcome is null && intent.IsOpen) throw new ProblemException(Problem.Of(PaymentIntentRejections.NotSuccessful));
        if (outcome?.FailureCode is not null && intent.IsOpen)
        {
            _ = await commands.Handle(new RecordIntentOutcome(intent.Id, call.Caller.Tenant.Id, outcome, call.Today), call.Context, ct);
            throw new ProblemException(Problem.Of(PaymentIntentRejections.NotSuccessful));
        }

        var success = outcome is { FailureCode: null } ? outcome : new(intent.ProviderReference);
        return await call.Run(new RecordIntentOutcome(intent.Id, call.Caller.Tenant.Id, success, call.Today), done =>
        {
            var (now, version) = done.Of<PaymentIntent>(intent.Id.Stream);
            return Answer.Ok(PaymentIntentResponse.From((PaymentIntent.Known)now, null) with { Message = PaymentIntentResponse.Confirmed }, version);
        }, ct);
    }

    private static async Task<(PaymentIntent.Known Intent, long Version)> Find(Call call, StateReader states, PaymentIntentId id, CancellationToken ct) =>
        await states.WithVersion<PaymentIntent, PaymentIntentEvent>(call.Tenant, id.Stream, ct) is (PaymentIntent.Known known, var version)
            ? (known, version)
            : throw new ProblemException(Problem.Of(PaymentIntentRejections.NotFound));

    /// <param name="Amount">What the caller takes the amount to be, in the smallest unit; it is worked out here.</param>
    internal sealed record Request(InvoiceId? InvoiceId = null, OrderId? OrderId = null, long? Amount = null);

    /// <summary>What the caller takes it to be for.</summary>
    internal sealed record ConfirmRequest(InvoiceId? InvoiceId = null, OrderId? OrderId = null)
    {
        public bool Fits(PaymentIntent.Known intent) => (InvoiceId is null || InvoiceId == intent.InvoiceId)
            && (OrderId is not { } order || order == intent.OrderId || order.OwnInvoice == intent.InvoiceId
                || (intent.InvoiceId is { } invoice && order == Domain.Orders.OrderId.ForPeriod(invoice)));
    }
}

/// <summary>A payment intent on the wire.</summary>
/// <param name="ClientSecret">By which a browser pays it at the provider's; absent once it is paid.</param>
/// <param name="FailureCode">Why the last card was refused.</param>
/// <param name="PaymentId">What came of it.</param>
public sealed record PaymentIntentResponse(
    PaymentIntentId Id, PaymentIntentStatus Status, Money Amount, InvoiceId? InvoiceId, OrderId? OrderId, string Provider, string ProviderReference,
    string? ClientSecret, string? FailureCode, PaymentId? PaymentId, string? Message = null)
{
    public const string Confirmed = "Payment confirmed and invoice updated";

    public static PaymentIntentResponse From(PaymentIntent.Known known, ProviderIntent? offered) => new(
        known.Id, known.Status, known.Amount, known.InvoiceId, known.OrderId, known.Provider, known.ProviderReference,
        known.IsOpen ? offered?.ClientSecret : null, known.FailureCode, known.PaymentId);
}
