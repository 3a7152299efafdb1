using Ledger.Api.Customers;
using Ledger.Domain.Amounts;
using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.Balances;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Balances;

internal static class BalanceEndpoints
{
    public static void MapCustomerBalances(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Balances");
        _ = customers.MapGet("/{customer_id:guid}/balance", Get).Is("getCustomerBalance", "What we owe a customer, per currency, now, or at an instant. It pays first at the next charge.", Who.CustomerOwn)
            .Reads<BalanceResponse>().ReadsEarlier().Rejects(CustomerRejections.NotFound);
        _ = customers.MapGet("/{customer_id:guid}/balance-entries", List).Is("listBalanceEntries", "How a balance came to be what it is, newest first.", Who.CustomerOwn)
            .Lists<BalanceEntryResponse>().Rejects(CustomerRejections.NotFound);
        _ = customers.MapPost("/{customer_id:guid}/balance-adjustments", Adjust).Is("adjustCustomerBalance", "Give a customer money to spend here, or take some of it; from today, or from an earlier day.", Who.Staff)
            .Takes<Request>().Produces<BalanceResponse>(201).Keyed(movesMoney: true)
            .Rejects(CustomerRejections.NotFound, BalanceRejections.AmountNotPositive, BalanceRejections.Insufficient, SubscriptionRejections.AmountTooLarge);
    }

    private static async Task<IResult> Get([FromRoute(Name = "customer_id")] Guid customerId, Call call, HttpContext http, AsOf asOf)
    {
        if ((await http.Read<Customer, CustomerEvent>(call, new CustomerId(customerId).Stream, asOf)).State is Customer.Unknown)
            throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        var (balance, version) = await http.Read<CustomerBalance, BalanceEvent>(call, BalanceId.Of(new(customerId)).Stream, asOf);
        return new AnswerResult(Answer.Ok(BalanceResponse.From(new(customerId), balance), version));
    }

    private static async Task<IResult> List([FromRoute(Name = "customer_id")] Guid customerId, Call call, Page page, Listing listing, StateReader states, CancellationToken ct)
    {
        await states.MustHave(call, new(customerId), ct);
        var found = await listing.Read<BalanceEntryRow>(
            call.Tenant, "balance_entries", page.Wanted, [("customer_id = {0}", customerId)], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, BalanceEntryResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Adjust([FromRoute(Name = "customer_id")] Guid customerId, Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Reason, "/reason", 500)
            .And(!(request.EffectiveOn > call.Today), "/effective_on", "in_the_future", "Today, or a day that has been.")
            .And(!(request.EffectiveOn < call.Today.PlusYears(-1)), "/effective_on", "too_early", "At most a year ago.").OrRefuse();
        var customer = new CustomerId(customerId);
        var command = new AdjustCustomerBalance(customer, Guid.CreateVersion7(), request.Operation, request.Amount, request.Reason, request.EffectiveOn ?? call.Today);
        return await call.Run(command, outcome =>
        {
            var (balance, version) = outcome.Of<CustomerBalance>(BalanceId.Of(customer).Stream);
            return Answer.Created($"/api/v1/customers/{customerId}/balance", BalanceResponse.From(customer, balance), version);
        }, ct, context => request.EffectiveOn is { } day && day < call.Today ? context with { At = BusinessTime.StartOf(day, call.Caller.Tenant.Zone) } : context);
    }

    /// <param name="Operation">credit gives, charge takes.</param>
    /// <param name="EffectiveOn">
    /// From when it counts: today without one. With an earlier day it is part of every report as of that day or later, but of none as known before now. What may be
    /// taken is what there is today.
    /// </param>
    internal sealed record Request(BalanceOperation Operation, Money Amount, string? Reason = null, LocalDate? EffectiveOn = null);
}

/// <summary>What we owe a customer.</summary>
public sealed record BalanceResponse(CustomerId CustomerId, IReadOnlyList<Money> Amounts)
{
    public static BalanceResponse From(CustomerId customer, CustomerBalance balance) =>
        new(customer, [.. balance.Amounts.Values.OrderBy(one => one.Currency.Code, StringComparer.Ordinal)]);
}

/// <param name="Kind">credit or charge by hand; credit_note, overpayment, or invoice.</param>
/// <param name="SourceId">Of the adjustment, the credit note, the payment or the invoice.</param>
/// <param name="Amount">Above zero when the balance grew.</param>
/// <param name="After">What the balance was then.</param>
public sealed record BalanceEntryResponse(Guid Id, string Kind, Guid SourceId, Money Amount, Money After, LocalDate On, string? Reason)
{
    public static BalanceEntryResponse From(BalanceEntryRow row)
    {
        var currency = Currency.Parse(row.Currency);
        return new(row.Id, row.Kind, row.SourceId, new(row.Amount, currency), new(row.After, currency), row.OnDate, row.Reason);
    }
}
