namespace Ledger.Gateways.Payments;

/// <summary>A wish for an intent that is paid from a browser.</summary>
/// <param name="IdempotencyKey">Names it within the tenant. At most 255 printable ASCII characters.</param>
/// <param name="Amount">In the ISO 4217 minor unit of the currency; above zero.</param>
public sealed record IntentRequest(string Tenant, string IdempotencyKey, long Amount, string Currency);

/// <summary>An intent, as the provider knows it.</summary>
/// <param name="Reference">The provider's own id of it.</param>
/// <param name="ClientSecret">By which a browser pays it. Kept by nobody but the provider.</param>
/// <param name="ChargeReference">Of the charge that took the money; null before.</param>
/// <param name="FailureCode">Of the last card that was refused; null where none was, or the money was taken since.</param>
public sealed record ProviderIntent(
    string Reference, string ClientSecret, string Tenant, long Amount, string Currency, string? ChargeReference, string? FailureCode)
{
    public bool IsPaid => ChargeReference is not null;

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => $"intent {Reference}";
}
