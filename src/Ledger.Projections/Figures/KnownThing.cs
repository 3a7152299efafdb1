using System.Text.Json.Serialization;

namespace Ledger.Projections.Figures;

/// <summary>What must be known of a thing to count what happens to it next.</summary>
[JsonDerivedType(typeof(KnownTenant), "tenant"), JsonDerivedType(typeof(KnownCustomer), "customer"), JsonDerivedType(typeof(KnownSubscription), "subscription"),
 JsonDerivedType(typeof(KnownPayment), "payment"), JsonDerivedType(typeof(KnownInvoice), "invoice"), JsonDerivedType(typeof(KnownRefund), "refund"),
 JsonDerivedType(typeof(KnownBooking), "booking"), JsonDerivedType(typeof(KnownPoints), "points")]
public abstract record KnownThing;

/// <summary>Where its days begin.</summary>
public sealed record KnownTenant(string Zone) : KnownThing;

/// <param name="Running">How many of its subscriptions run.</param>
/// <param name="Cohort">The month in which the first one did, as <c>2026-01</c>; null before.</param>
public sealed record KnownCustomer(int Running, string? Cohort) : KnownThing;

/// <param name="Items">What its items cost for a period, in the minor unit.</param>
/// <param name="HasRun">Whether it ever ran.</param>
/// <param name="RanSince">The day on which it first ran; null before.</param>
/// <param name="IsBilled">Whether a period of it was ever billed.</param>
/// <param name="IsUndone">Whether it is cancelled as if it had never run.</param>
/// <param name="ChaseSince">The day on which the chase of its unpaid invoice began; null without one.</param>
public sealed record KnownSubscription(
    Guid Customer, string Currency, string Frequency, string Status, long Items, bool HasRun = false, LocalDate? ChaseSince = null, long Chased = 0,
    LocalDate? RanSince = null, bool IsBilled = false, bool IsUndone = false) : KnownThing
{
    [JsonIgnore]
    public bool IsRunning => Status is "active" or "past_due" or "error";

    /// <summary>What it is worth a month, while it runs.</summary>
    [JsonIgnore]
    public long Mrr => IsRunning
        ? Domain.Time.Frequency.Parse(Frequency).MonthlyValue(new Money(Items, Domain.Amounts.Currency.Parse(Currency))).Amount
        : 0;
}

/// <summary>A payment that may yet end otherwise.</summary>
/// <param name="Since">The day of its first attempt.</param>
/// <param name="Standing"><c>pending</c>, or <c>failed</c> with the reason.</param>
public sealed record KnownPayment(LocalDate Since, string Currency, long Amount, string Standing) : KnownThing;

/// <summary>An invoice on which something is open.</summary>
public sealed record KnownInvoice(LocalDate DueOn, string Currency, long Open) : KnownThing;

/// <summary>A refund that has not ended.</summary>
public sealed record KnownRefund(string Currency, long Amount) : KnownThing;

public sealed record KnownBooking(string Status) : KnownThing;

public sealed record KnownPoints(bool HasPoints) : KnownThing;
