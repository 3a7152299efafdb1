namespace Ledger.Projections.Figures;

/// <summary>What is counted. The reports are sums of these; <c>docs/reports.md</c> says what each is made of.</summary>
public static class Measure
{
    /// <summary>Monthly recurring revenue by movement; the count is of running subscriptions.</summary>
    public const string Mrr = "mrr";

    /// <summary>Subscriptions by status.</summary>
    public const string Subscriptions = "subscriptions";

    /// <summary>Running subscriptions that ended, by how; the amount is their monthly value.</summary>
    public const string Churned = "churned";

    /// <summary>Customers: <c>known</c>, <c>running</c> with a running subscription, <c>churned</c> when their last one ended.</summary>
    public const string Customers = "customers";

    /// <summary>Running customers, and what they are worth a month, by the month in which they began.</summary>
    public const string Cohorts = "cohorts";

    /// <summary>Payments by the day of their first attempt and how they stand.</summary>
    public const string Payments = "payments";

    /// <summary>First attempts by their day and how they ended.</summary>
    public const string FirstAttempts = "first_attempts";

    /// <summary>Payments that customers made themselves, and others, by <see cref="ByCustomer"/> and <see cref="ByOthers"/>.</summary>
    public const string PaymentsMade = "payments_made";

    /// <summary>Chases of unpaid invoices by the day they began and how they stand.</summary>
    public const string Chases = "chases";

    /// <summary>Open invoices, and what is open on them, by the day they are due.</summary>
    public const string Receivable = "receivable";

    /// <summary>Invoices and credit notes: <c>issued</c>, <c>voided</c>, <c>credited</c>, <c>written_off</c>.</summary>
    public const string Invoiced = "invoiced";

    /// <summary>Tax by rate; the count is of documents.</summary>
    public const string Tax = "tax";

    /// <summary>What tax was worked out on, by rate.</summary>
    public const string Taxable = "taxable";

    /// <summary>Refunds by what happened: <c>requested</c>, <c>succeeded</c>, <c>failed</c>, <c>rejected</c>.</summary>
    public const string Refunds = "refunds";

    public const string Orders = "orders";

    /// <summary>Bookings made by customers themselves, and by others.</summary>
    public const string BookingsMade = "bookings_made";

    /// <summary>Bookings by status.</summary>
    public const string Bookings = "bookings";

    /// <summary>Loyalty accounts: <c>accounts</c> and those <c>with_points</c>.</summary>
    public const string Loyalty = "loyalty";

    public const string ByCustomer = "customer", ByOthers = "other";
}
