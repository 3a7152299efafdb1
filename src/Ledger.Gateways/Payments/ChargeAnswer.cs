namespace Ledger.Gateways.Payments;

/// <summary>What a provider said to a charge. A "no" is an answer too; silence is an exception.</summary>
/// <param name="ProviderReference">The provider's own id of this charge.</param>
public abstract record ChargeAnswer(string ProviderReference)
{
    /// <summary>The money was taken.</summary>
    public sealed record Captured(string ProviderReference) : ChargeAnswer(ProviderReference);

    /// <summary>The money is held, and not taken.</summary>
    public sealed record Held(string ProviderReference) : ChargeAnswer(ProviderReference);

    /// <summary>The money was not taken.</summary>
    /// <param name="Code">One of <see cref="DeclineCodes"/>.</param>
    public sealed record Declined(string Code, DeclineKind Kind, string ProviderReference)
        : ChargeAnswer(ProviderReference);
}

public enum DeclineKind
{
    /// <summary>The same card may succeed another day.</summary>
    Soft,

    /// <summary>This card will not succeed again; another is needed.</summary>
    Hard,
}

/// <summary>Every reason for a decline. Public: once released a code never changes its meaning.</summary>
public static class DeclineCodes
{
    public const string CardDeclined = "card_declined";
    public const string InsufficientFunds = "insufficient_funds";
    public const string ExpiredCard = "expired_card";

    public static DeclineKind KindOf(string code) => code switch
    {
        CardDeclined or InsufficientFunds => DeclineKind.Soft,
        ExpiredCard => DeclineKind.Hard,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a decline code."),
    };
}
