namespace Ledger.Projections;

/// <summary>What lists are narrowed by, for <see cref="Listing"/>: the same for a list and for its export.</summary>
public static class ListFilters
{
    public static IReadOnlyList<(string Condition, object? Value)> Customers(string? externalId) => [("external_id = {0}", externalId)];

    public static IReadOnlyList<(string Condition, object? Value)> Subscriptions(Guid? customer, string? status, string? externalId) =>
        [("customer_id = {0}", customer), ("status = {0}", status), ("external_id = {0}", externalId)];

    /// <summary>By the day of the order.</summary>
    public static IReadOnlyList<(string Condition, object? Value)> Orders(Guid? customer, Guid? subscription, string? status, LocalDate? from, LocalDate? to) =>
        Of(customer, subscription, status, "ordered_on", from, to);

    /// <summary>By the day of issue.</summary>
    public static IReadOnlyList<(string Condition, object? Value)> Invoices(Guid? customer, Guid? subscription, string? status, LocalDate? from, LocalDate? to) =>
        Of(customer, subscription, status, "issued_on", from, to);

    /// <summary>By the day of the last attempt.</summary>
    public static IReadOnlyList<(string Condition, object? Value)> Payments(Guid? customer, Guid? subscription, string? status, LocalDate? from, LocalDate? to) =>
        Of(customer, subscription, status, "last_attempt_on", from, to);

    private static IReadOnlyList<(string Condition, object? Value)> Of(
        Guid? customer, Guid? subscription, string? status, string day, LocalDate? from, LocalDate? to) =>
        [
            ("customer_id = {0}", customer), ("subscription_id = {0}", subscription), ("status = {0}", status), (day + " >= {0}", from), (day + " <= {0}", to),
        ];
}
