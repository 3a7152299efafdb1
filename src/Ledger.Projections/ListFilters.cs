namespace Ledger.Projections;

/// <summary>What lists are narrowed by, for <see cref="Listing"/>: the same for a list and for its export.</summary>
public static class ListFilters
{
    public static IReadOnlyList<(string Condition, object? Value)> Customers(string? externalId) => [("external_id = {0}", externalId)];

    public static IReadOnlyList<(string Condition, object? Value)> Subscriptions(Guid? customer, string? status, string? externalId) =>
        [("customer_id = {0}", customer), ("status = {0}", status), ("external_id = {0}", externalId)];

    /// <summary>By the day of the order.</summary>
    public static IReadOnlyList<(string Condition, object? Value)> Orders(Guid? customer, Guid? subscription, string? status, LocalDate? from, LocalDate? to) =>
        Of(customer, subscription, status, "orders", "ordered_on", from, to);

    /// <summary>By the day of issue, and by what they are on a day: one that is open after the day it was due is overdue, said or not.</summary>
    public static IReadOnlyList<(string Condition, object? Value)> Invoices(
        Guid? customer, Guid? subscription, string? status, LocalDate? from, LocalDate? to, LocalDate today) => status switch
        {
            "pending" => [.. Of(customer, subscription, status, "invoices", "issued_on", from, to), ("due_on >= {0}", today)],
            "overdue" =>
            [
                .. Of(customer, subscription, null, "invoices", "issued_on", from, to),
                ("status in ('pending', 'overdue') and (status = 'overdue' or due_on < {0})", today),
            ],
            _ => Of(customer, subscription, status, "invoices", "issued_on", from, to),
        };

    /// <summary>By the day of the last attempt.</summary>
    public static IReadOnlyList<(string Condition, object? Value)> Payments(Guid? customer, Guid? subscription, string? status, LocalDate? from, LocalDate? to) =>
        Of(customer, subscription, status, "payments", "last_attempt_on", from, to);

    /// <remarks>The index of days is for where they begin and end alone: to go by it through all rows of many days, and sort them, takes far longer.</remarks>
    private static IReadOnlyList<(string Condition, object? Value)> Of(
        Guid? customer, Guid? subscription, string? status, string view, string day, LocalDate? from, LocalDate? to) =>
        [
            ("customer_id = {0}", customer), ("subscription_id = {0}", subscription), ("status = {0}", status), ($"{day} + 0 >= {{0}}", from), ($"{day} + 0 <= {{0}}", to),
            (Between(view, day), DaysOfAll(customer ?? subscription, from, to)),
        ];

    /// <summary>Null where they do not narrow, or where there are few rows anyway.</summary>
    private static LocalDate[]? DaysOfAll(Guid? one, LocalDate? from, LocalDate? to) =>
        one is null && (from ?? to) is not null ? [from ?? LocalDate.MinIsoValue, to ?? LocalDate.MaxIsoValue] : null;

    /// <summary>Between the first and the last row of those days: a page goes through the rows in their order, and need not go through all that are of other days.</summary>
    private static string Between(string view, string day) => $"{Listing.Order} between ({End("min", view, day)}) and ({End("max", view, day)})";

    private static string End(string extreme, string view, string day) => $$"""
        select {{extreme}}(p) from generate_series(greatest({0}[1], (select min({{day}}) from views.{{view}})), least({0}[2], (select max({{day}}) from views.{{view}})), '1 day') d
        cross join lateral (select {{extreme}}(created_position) as p from views.{{view}} where {{day}} = d::date) one
        """;
}
