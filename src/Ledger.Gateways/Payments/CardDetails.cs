using System.Text.RegularExpressions;

namespace Ledger.Gateways.Payments;

/// <summary>A card as its holder typed it, on its way to a provider. Never stored, never logged.</summary>
/// <remarks>
/// Not a record, and what identifies the holder is internal, so that neither printing, nor a structured log, nor a
/// serializer can give it away.
/// </remarks>
/// <param name="number">12 to 19 digits, without spaces.</param>
/// <param name="expMonth">1 to 12; the card is good to the end of that month.</param>
/// <param name="expYear">Four digits, 2000 to 2099.</param>
/// <param name="cvc">Three or four digits, where the holder gave it.</param>
public sealed partial class CardDetails(string number, int expMonth, int expYear, string? cvc = null, string? name = null)
{
    public int ExpMonth { get; } = expMonth;

    public int ExpYear { get; } = expYear;

    internal string Number { get; } = number;

    internal string? Cvc { get; } = cvc;

    internal string? Name { get; } = name;

    /// <summary>Refuses a card that no provider could take.</summary>
    /// <exception cref="CardRefusedException">
    /// In this order: <c>invalid_card_number</c>, <c>invalid_expiry</c>, <c>invalid_cvc</c>.
    /// </exception>
    public void Check()
    {
        if (!NumberPattern().IsMatch(Number) || !PassesLuhn(Number))
            throw new CardRefusedException("invalid_card_number", "The card number is not valid.");
        if (ExpMonth is < 1 or > 12 || ExpYear is < 2000 or > 2099)
            throw new CardRefusedException("invalid_expiry", "The month of expiry is not valid.");
        if (Cvc is not null && !CvcPattern().IsMatch(Cvc))
            throw new CardRefusedException("invalid_cvc", "The security code is not valid.");
    }

    /// <summary>The last four digits at most, and nothing at all of a number too short to be a card's.</summary>
    public override string ToString() => $"card •••• {(NumberPattern().IsMatch(Number) ? Number[^4..] : "••••")}";

    /// <summary>The check digit of ISO/IEC 7812: from the right, every second digit doubled, the digits' sum a multiple of 10.</summary>
    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var place = 0; place < digits.Length; place++)
        {
            var digit = digits[digits.Length - 1 - place] - '0';
            if (place % 2 == 1) digit *= 2;
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    [GeneratedRegex(@"\A[0-9]{12,19}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"\A[0-9]{3,4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CvcPattern();
}
