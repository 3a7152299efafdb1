namespace Ledger.Gateways.Payments;

/// <summary>A card that may be kept: what to charge it by, and what to show of it.</summary>
/// <param name="Brand">Lower case, e.g. <c>visa</c>.</param>
/// <param name="Fingerprint">The same for the same number under one key, and of no use without that key: a keyed HMAC.</param>
/// <param name="ExpMonth">The card is good to the end of this month.</param>
public sealed record TokenizedCard(
    string Token, string Brand, string Last4, string Fingerprint, int ExpMonth, int ExpYear);

/// <summary>What a provider tells of a token that was made elsewhere.</summary>
/// <param name="ExpMonth">The card is good to the end of this month.</param>
public sealed record TokenDescription(string Brand, string Last4, int ExpMonth, int ExpYear);
