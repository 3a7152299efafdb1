using Ledger.Gateways.Payments;

namespace Ledger.Api.PaymentMethods;

/// <summary>A card as it came in a request: it goes to the provider, and is kept nowhere.</summary>
internal static class Cards
{
    /// <exception cref="ProblemException">The provider does not take it.</exception>
    public static async Task<TokenizedCard> Tokenize(CardDetails card, IPaymentProvider provider, CancellationToken ct)
    {
        try { return await provider.Tokenize(card, ct); }
        catch (CardRefusedException refused) { throw Refusal(refused.Code, refused.Message); }
    }

    public static ProblemException Refusal(string code, string detail) => new(new Problem(422, code, "The provider does not take this card.", detail));
}
