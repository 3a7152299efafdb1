namespace Ledger.Domain.Accounting;

/// <summary>The accounts of a tenant's journal. Names are as in plain-text accounting: the first word says what kind it is.</summary>
public static class Account
{
    /// <summary>What customers owe.</summary>
    public const string Receivable = "assets:receivable";

    /// <summary>Money taken that has not met what it is for yet; empty after every commit.</summary>
    public const string Unapplied = "liabilities:unapplied";

    /// <summary>Invoiced for days that have not passed.</summary>
    public const string DeferredRevenue = "liabilities:deferred-revenue";

    /// <summary>Tax that is to be handed on.</summary>
    public const string Tax = "liabilities:tax";

    /// <summary>What we owe customers.</summary>
    public const string CustomerBalances = "liabilities:customer-balances";

    /// <summary>Classes that were bought and not taken yet.</summary>
    public const string ClassCredits = "liabilities:class-credits";

    /// <summary>Points that customers hold; in points, not in money.</summary>
    public const string LoyaltyPoints = "liabilities:loyalty-points";

    public const string Revenue = "income:revenue";

    /// <summary>What coupons took off; against revenue.</summary>
    public const string Discounts = "income:discounts";

    /// <summary>What was taken back after it was earned; against revenue.</summary>
    public const string Refunds = "income:refunds";

    /// <summary>Given to balances by hand, or taken.</summary>
    public const string Adjustments = "expenses:adjustments";

    public const string WriteOffs = "expenses:write-offs";

    /// <summary>Disputes that were lost.</summary>
    public const string Disputes = "expenses:disputes";

    /// <summary>Points given; in points, not in money.</summary>
    public const string Loyalty = "expenses:loyalty";

    /// <summary>Taken back by providers while a dispute lasts.</summary>
    public const string Disputed = "assets:disputed";

    /// <summary>Money that a provider has for us.</summary>
    public static string Cash(string provider) => $"assets:cash:{provider}";
}

/// <summary>Every "no" about accounts.</summary>
public static class AccountRejections
{
    public static readonly Rejection NotFound = new("account_not_found", RejectionKind.NotFound, "Nothing was ever booked on this account.");
}
