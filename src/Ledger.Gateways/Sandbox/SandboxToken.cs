using System.Globalization;
using Ledger.Gateways.Payments;

namespace Ledger.Gateways.Sandbox;

/// <summary>A token that says all there is to know of its card, so that tokenizing stores nothing.</summary>
/// <example><c>sbx_visa_4242_1230</c>: the test card ending in 4242, good to the end of December 2030.</example>
internal readonly record struct SandboxToken(TestCard Card, int ExpMonth, int ExpYear)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"sbx_{Card.Brand}_{Card.Last4}_{ExpMonth:00}{ExpYear % 100:00}");

    /// <summary>Null for anything but exactly what <see cref="ToString"/> writes.</summary>
    public static SandboxToken? Parse(string text)
    {
        if (text.Split('_') is not ["sbx", var brand, var last4, { Length: 4 } expiry]) return null;
        if (TestCard.WithFace(brand, last4) is not { } card || !expiry.All(char.IsAsciiDigit)) return null;
        var month = int.Parse(expiry[..2], CultureInfo.InvariantCulture);
        var year = 2000 + int.Parse(expiry[2..], CultureInfo.InvariantCulture);
        return month is >= 1 and <= 12 ? new SandboxToken(card, month, year) : null;
    }

    /// <summary>Why a charge on this day is declined; null when it succeeds. A month past goes before all else.</summary>
    public string? DeclineOn(DateOnly day) =>
        (day.Year, day.Month).CompareTo((ExpYear, ExpMonth)) > 0 ? DeclineCodes.ExpiredCard : Card.Decline;
}
