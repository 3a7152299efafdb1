namespace Ledger.Gateways.Payments;

/// <summary>A wish to take money from a card.</summary>
/// <param name="IdempotencyKey">Names this charge within the tenant: one key per attempt. At most 255 printable ASCII characters.</param>
/// <param name="Token">From <see cref="IPaymentProvider.Tokenize"/> or the provider's own card entry.</param>
/// <param name="Amount">In the ISO 4217 minor unit of the currency; above zero.</param>
/// <param name="Currency">ISO 4217, three upper-case letters.</param>
/// <param name="Reference">What the card holder's statement refers to, such as an invoice number.</param>
/// <param name="Holds">Whether the money is only held, for <see cref="IPaymentProvider.Capture"/> or <see cref="IPaymentProvider.Release"/>.</param>
/// <param name="ChargedOn">Today in the tenant's time zone and by the tenant's clock.</param>
public sealed record ChargeRequest(
    string Tenant,
    string IdempotencyKey,
    string Token,
    long Amount,
    string Currency,
    string Reference,
    DateOnly ChargedOn,
    bool Holds = false);
