namespace Ledger.Gateways.Payments;

/// <summary>A wish to take held money, or to let it go.</summary>
/// <param name="ChargeReference">What the provider calls the charge that holds it.</param>
/// <param name="Amount">What is taken of it, in the ISO 4217 minor unit; 0 to let all of it go.</param>
public sealed record HoldRequest(string Tenant, string ChargeReference, long Amount, string Currency);

/// <summary>What a provider said of held money. A "no" is an answer too; silence is an exception.</summary>
public abstract record HoldAnswer
{
    private HoldAnswer() { }

    /// <summary>It is as was asked for.</summary>
    public sealed record Done : HoldAnswer;

    /// <summary>It is not, and will not be.</summary>
    /// <param name="Code">In snake_case: <c>unknown_hold</c>, <c>hold_settled</c>, <c>amount_too_large</c>.</param>
    public sealed record Refused(string Code) : HoldAnswer;
}
