using Ledger.Gateways.Payments;

namespace Ledger.Gateways.Sandbox;

/// <summary>A card number that stands for one behaviour. There are no others in the sandbox.</summary>
/// <param name="Decline">The code every charge is declined with; null when charges succeed.</param>
internal sealed record TestCard(string Number, string Brand, string? Decline)
{
    private static readonly TestCard[] All =
    [
        new("4242424242424242", "visa", null),
        new("4000000000000002", "visa", DeclineCodes.CardDeclined),
        new("4000000000009995", "visa", DeclineCodes.InsufficientFunds),
        new("4000000000000069", "visa", DeclineCodes.ExpiredCard),
    ];

    public string Last4 => Number[^4..];

    public static TestCard? WithNumber(string number) => Array.Find(All, card => card.Number == number);

    public static TestCard? WithFace(string brand, string last4) =>
        Array.Find(All, card => card.Brand == brand && card.Last4 == last4);
}
