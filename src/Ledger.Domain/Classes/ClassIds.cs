using Ledger.Domain.Customers;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Classes;

public readonly record struct ClassPackageId(Guid Value) : IId<ClassPackageId>
{
    public static ClassPackageId From(Guid value) => new(value);

    public StreamId Stream => new("class_package", Value);
}

public readonly record struct ClassSessionId(Guid Value) : IId<ClassSessionId>
{
    public static ClassSessionId From(Guid value) => new(value);

    public StreamId Stream => new("class_session", Value);
}

public readonly record struct ClassCreditId(Guid Value) : IId<ClassCreditId>
{
    public static ClassCreditId From(Guid value) => new(value);

    /// <summary>What a payment has bought: a payment buys one credit, however often it is told of.</summary>
    public static ClassCreditId BoughtBy(PaymentId payment) => new(DerivedId.Of(payment.Value, "class credit"));

    public StreamId Stream => new("class_credit", Value);
}

/// <summary>Follows from the customer: each has one.</summary>
public readonly record struct IntakeProfileId(Guid Value) : IId<IntakeProfileId>
{
    public static IntakeProfileId From(Guid value) => new(value);

    public static IntakeProfileId Of(CustomerId customer) => new(DerivedId.Of(customer.Value, "intake profile"));

    public StreamId Stream => new("intake_profile", Value);
}
