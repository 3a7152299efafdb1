using System.Collections.Immutable;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;

namespace Ledger.Domain.Balances;

public readonly record struct BalanceId(Guid Value) : IId<BalanceId>
{
    public static BalanceId From(Guid value) => new(value);

    /// <summary>A customer has one balance, with an amount in each currency.</summary>
    public static BalanceId Of(CustomerId customer) => new(DerivedId.Of(customer.Value, "balance"));

    public StreamId Stream => new("customer_balance", Value);
}

public enum BalanceOperation { Credit, Charge }

/// <summary>What made a balance grow, other than a person.</summary>
public enum BalanceSource { CreditNote, Overpayment }

/// <summary>What can happen to a customer's balance. Stored forever: add cases, never edit them.</summary>
/// <remarks>Every amount is above zero; <c>After</c> is what the balance is then in that currency.</remarks>
public abstract record BalanceEvent : IEvent
{
    private protected BalanceEvent() { }
}

/// <summary>Somebody gave or took money by hand.</summary>
public sealed record CustomerBalanceAdjusted(
    BalanceId Id, CustomerId CustomerId, Guid AdjustmentId, BalanceOperation Operation, Money Amount, Money After, LocalDate On,
    string? Reason = null) : BalanceEvent;

/// <summary>It grew by what a customer need not have paid.</summary>
/// <param name="SourceId">Of the credit note, or of the payment.</param>
public sealed record CustomerBalanceCredited(
    BalanceId Id, CustomerId CustomerId, BalanceSource Source, Guid SourceId, Money Amount, Money After, LocalDate On) : BalanceEvent;

/// <summary>It paid for an invoice, or for part of it.</summary>
public sealed record CustomerBalanceApplied(
    BalanceId Id, CustomerId CustomerId, InvoiceId InvoiceId, Money Amount, Money After, LocalDate On) : BalanceEvent;

/// <summary>What we owe a customer, per currency. Never below zero when all of it is known.</summary>
/// <remarks>It is the sum of its changes, so that what was dated back counts in it as of then.</remarks>
public sealed record CustomerBalance(ImmutableDictionary<Currency, Money> Amounts) : IState<CustomerBalance, BalanceEvent>
{
    /// <summary>The last adjustment that was made: it is not made again.</summary>
    public Guid? LastAdjustment { get; private init; }

    public static CustomerBalance Initial { get; } = new(ImmutableDictionary<Currency, Money>.Empty);

    public Money In(Currency currency) => Amounts.GetValueOrDefault(currency, Money.Zero(currency));

    public static CustomerBalance Evolve(CustomerBalance state, BalanceEvent @event) => @event switch
    {
        CustomerBalanceAdjusted adjusted =>
            state.By(adjusted.Operation is BalanceOperation.Credit ? adjusted.Amount : -adjusted.Amount) with { LastAdjustment = adjusted.AdjustmentId },
        CustomerBalanceCredited credited => state.By(credited.Amount),
        CustomerBalanceApplied applied => state.By(-applied.Amount),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private CustomerBalance By(Money amount) => this with { Amounts = Amounts.SetItem(amount.Currency, In(amount.Currency) + amount) };

    /// <summary>The event by which it grows.</summary>
    public CustomerBalanceCredited Grow(CustomerId customer, BalanceSource source, Guid sourceId, Money amount, LocalDate on) =>
        new(BalanceId.Of(customer), customer, source, sourceId, amount, In(amount.Currency) + amount, on);

    /// <summary>The event by which it pays what it can of an amount due; null when it has nothing.</summary>
    public CustomerBalanceApplied? Pay(CustomerId customer, InvoiceId invoice, Money due, LocalDate on)
    {
        var has = In(due.Currency);
        var amount = has < due ? has : due;
        return amount.Amount > 0 ? new(BalanceId.Of(customer), customer, invoice, amount, has - amount, on) : null;
    }
}

/// <summary>Every "no" a balance can say.</summary>
public static class BalanceRejections
{
    public static readonly Rejection Insufficient = new(
        "insufficient_balance", RejectionKind.Conflict, "The customer's balance is less than that.");

    public static readonly Rejection AmountNotPositive = new(
        "amount_not_positive", RejectionKind.Unprocessable, "The amount must be above zero.");
}
