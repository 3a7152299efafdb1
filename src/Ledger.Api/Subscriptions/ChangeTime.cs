namespace Ledger.Api.Subscriptions;

/// <summary>When a change of a subscription takes effect.</summary>
public enum ChangeTime
{
    /// <summary>From the next invoice on.</summary>
    PeriodEnd,

    /// <summary>From today on, prorated.</summary>
    Now,
}
