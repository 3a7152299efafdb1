using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.PaymentMethods;

internal static class PaymentMethodEndpoints
{
    public static void MapPaymentMethods(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Payment methods");
        customers.MapAddPaymentMethod();
        _ = customers.MapGet("/{customer_id:guid}/payment-methods", List).Is("listPaymentMethods", "A customer's payment methods, in the order they were added.", Who.CustomerOwn)
            .Reads<PaymentMethodList>().Rejects(CustomerRejections.NotFound);

        var methods = api.MapGroup("/payment-methods").WithTags("Payment methods");
        _ = methods.MapGet("/{payment_method_id:guid}", Get).Is("getPaymentMethod", "Read a payment method.", Who.CustomerOwn)
            .Reads<PaymentMethodResponse>().Rejects(PaymentMethodRejections.NotFound);
        _ = methods.MapPatch("/{payment_method_id:guid}", Change).Is("updatePaymentMethod", "Let a payment method be charged, or not.", Who.CustomerOwn)
            .Takes<Request>().Produces<PaymentMethodResponse>().Rejects(PaymentMethodRejections.NotFound, PaymentMethodRejections.InUse);
        _ = methods.MapPost("/{payment_method_id:guid}/set-default", SetDefault).Is("setDefaultPaymentMethod", "Charge it unless a subscription says otherwise.", Who.CustomerOwn)
            .Produces<PaymentMethodResponse>().Rejects(PaymentMethodRejections.NotFound, PaymentMethodRejections.Inactive);
        _ = methods.MapDelete("/{payment_method_id:guid}", Remove).Is("deletePaymentMethod", "Forget a payment method. The newest one left becomes the default.", Who.CustomerOwn)
            .Produces(204).Rejects(PaymentMethodRejections.NotFound, PaymentMethodRejections.InUse);
    }

    private static async Task<IResult> List([FromRoute(Name = "customer_id")] Guid customerId, Call call, StateReader states, CancellationToken ct)
    {
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, new CustomerId(customerId).Stream, ct) is not Customer.Known)
            throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        var wallet = await states.Of<Wallet, WalletEvent>(call.Tenant, WalletStream.Of(new(customerId)), ct);
        return TypedResults.Json(
            new PaymentMethodList([.. wallet.Methods.Select(method => PaymentMethodResponse.From(method, wallet, call.Today))], new(AddPaymentMethod.MethodsMax, false)),
            LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "payment_method_id")] Guid paymentMethodId, Call call, WalletAccess access, CancellationToken ct)
    {
        var (method, wallet, version) = await access.Find(call, paymentMethodId, ct);
        return new AnswerResult(Answer.Ok(PaymentMethodResponse.From(method, wallet, call.Today), version));
    }

    private static async Task<IResult> Change(
        [FromRoute(Name = "payment_method_id")] Guid paymentMethodId, Body<Request> body, Call call, WalletAccess access, CancellationToken ct)
    {
        Check.That(body.Value.Status is PaymentMethodStatus.Active or PaymentMethodStatus.Inactive, "/status", "unknown_value", "active or inactive.").OrRefuse();
        var (method, _, _) = await access.Find(call, paymentMethodId, ct);
        return body.Value.Status is PaymentMethodStatus.Active
            ? await Run(call, method, new ActivatePaymentMethod(method.Id, method.CustomerId), ct)
            : await Run(call, method, new DeactivatePaymentMethod(method.Id, method.CustomerId, await access.SubscriptionsOf(call, method.CustomerId, ct)), ct);
    }

    private static async Task<IResult> SetDefault([FromRoute(Name = "payment_method_id")] Guid paymentMethodId, Call call, WalletAccess access, CancellationToken ct)
    {
        var (method, _, _) = await access.Find(call, paymentMethodId, ct);
        return await Run(call, method, new SetDefaultPaymentMethod(method.Id, method.CustomerId), ct);
    }

    private static async Task<IResult> Remove([FromRoute(Name = "payment_method_id")] Guid paymentMethodId, Call call, WalletAccess access, CancellationToken ct)
    {
        var (method, _, _) = await access.Find(call, paymentMethodId, ct);
        var command = new RemovePaymentMethod(method.Id, method.CustomerId, await access.SubscriptionsOf(call, method.CustomerId, ct));
        return await call.Run(command, _ => Answer.NoContent, ct);
    }

    private static Task<IResult> Run(Call call, PaymentMethod method, IJointCommand command, CancellationToken ct) => call.Run(command, outcome =>
    {
        var (wallet, version) = outcome.Of<Wallet>(WalletStream.Of(method.CustomerId));
        return Answer.Ok(PaymentMethodResponse.From(wallet.Find(method.Id)!, wallet, call.Today), version);
    }, ct);

    private static Task<IResult> Run(Call call, PaymentMethod method, ICommand<Wallet, WalletEvent> command, CancellationToken ct) => call.Run(
        command, outcome => Answer.Ok(PaymentMethodResponse.From(outcome.State.Find(method.Id)!, outcome.State, call.Today), outcome.Version), ct);

    internal sealed record Request(PaymentMethodStatus Status);
}

/// <summary>All of a customer's payment methods: never more than a page.</summary>
public sealed record PaymentMethodList(IReadOnlyList<PaymentMethodResponse> Data, PageInfo Page);
