namespace Ledger.Gateways.Payments;

/// <summary>A wish to send money back.</summary>
/// <param name="IdempotencyKey">Names this refund within the tenant. At most 255 printable ASCII characters.</param>
/// <param name="ChargeReference">What the provider calls the charge.</param>
/// <param name="Amount">In the ISO 4217 minor unit of the charge's currency; above zero.</param>
public sealed record RefundRequest(string Tenant, string IdempotencyKey, string ChargeReference, long Amount, string Currency);

/// <summary>What a provider said to a refund. A "no" is an answer too; silence is an exception.</summary>
/// <param name="ProviderReference">The provider's own id of this refund.</param>
public abstract record RefundAnswer(string ProviderReference)
{
    /// <summary>The money has gone back.</summary>
    public sealed record Refunded(string ProviderReference) : RefundAnswer(ProviderReference);

    /// <summary>It has not, and will not under this key.</summary>
    /// <param name="Code">In snake_case: <c>unknown_charge</c>, <c>amount_too_large</c>.</param>
    public sealed record Refused(string Code, string ProviderReference) : RefundAnswer(ProviderReference);
}
