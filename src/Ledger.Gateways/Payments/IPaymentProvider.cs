namespace Ledger.Gateways.Payments;

/// <summary>One who moves money on cards for a tenant. The ledger asks; the provider answers once per key.</summary>
/// <remarks>
/// Every call may arrive twice. A charge is named by (tenant, idempotency key): the provider charges under it at most
/// once, and gives the first answer to every repeat.
/// </remarks>
public interface IPaymentProvider
{
    /// <summary>What the tenant's settings call this provider, e.g. <c>sandbox</c>. Never changes.</summary>
    string Name { get; }

    /// <summary>Charges a card once, however often it is asked under the same key.</summary>
    /// <remarks>Cancelling stops the waiting, not the charge: afterwards the outcome is unknown.</remarks>
    /// <exception cref="ProviderOutcomeUnknownException">No answer came: charged or not. Ask <see cref="FindCharge"/>.</exception>
    /// <exception cref="ProviderUnavailableException">Never sent: surely not charged.</exception>
    /// <exception cref="ProviderConflictException">The key has charged another token, amount or currency. Not charged.</exception>
    /// <exception cref="ProviderKeyVoidException">The key was voided by <see cref="FindCharge"/>. Not charged, now or later.</exception>
    /// <exception cref="CardRefusedException"><c>unknown_token</c>: never sent, surely not charged.</exception>
    Task<ChargeAnswer> Charge(ChargeRequest request, CancellationToken ct);

    /// <summary>What became of a key, and an end to its being open.</summary>
    /// <returns>
    /// The answer the key got, or null: nothing was charged under it, and no request still on its way ever will be.
    /// After null, charge under a new key.
    /// </returns>
    /// <exception cref="ProviderOutcomeUnknownException">No answer came: still unknown. Asking again is safe.</exception>
    Task<ChargeAnswer?> FindCharge(string tenant, string idempotencyKey, CancellationToken ct);

    /// <summary>Takes held money, or part of it; the rest is let go. The first request decides, and every repeat gets its answer.</summary>
    /// <exception cref="ProviderOutcomeUnknownException">No answer came. Ask again: it is taken at most once.</exception>
    Task<HoldAnswer> Capture(HoldRequest request, CancellationToken ct);

    /// <summary>Lets held money go, unless it was captured before.</summary>
    /// <exception cref="ProviderOutcomeUnknownException">No answer came. Ask again.</exception>
    Task<HoldAnswer> Release(HoldRequest request, CancellationToken ct);

    /// <summary>Makes an intent that a browser can pay by its client secret; the same key gives the same one.</summary>
    Task<ProviderIntent> CreateIntent(IntentRequest request, CancellationToken ct);

    /// <summary>How an intent stands; null when this provider knows none of this name.</summary>
    Task<ProviderIntent?> FindIntent(string tenant, string reference, CancellationToken ct);

    /// <summary>Sends money back, once, however often it is asked under the same key.</summary>
    /// <exception cref="ProviderOutcomeUnknownException">No answer came. Ask again under the same key: it is sent at most once.</exception>
    Task<RefundAnswer> Refund(RefundRequest request, CancellationToken ct);

    /// <summary>Turns a card into a token that can be charged and kept. The number and the CVC are kept nowhere.</summary>
    /// <exception cref="CardRefusedException">The card is malformed, or this provider does not take it.</exception>
    Task<TokenizedCard> Tokenize(CardDetails card, CancellationToken ct);

    /// <summary>The card behind a token; null when this provider does not know the token.</summary>
    Task<TokenDescription?> Describe(string token, CancellationToken ct);
}
