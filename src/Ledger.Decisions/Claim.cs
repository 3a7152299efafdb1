namespace Ledger.Decisions;

/// <summary>A value that only one thing of a tenant may have: an external id, an e-mail address, a coupon code.</summary>
/// <param name="Kind">What is unique, in snake_case with dots: <c>customer.external_id</c>.</param>
/// <param name="Value">The value as compared; a personal value only as keyed HMAC.</param>
/// <param name="Owner">The stream that has it, or gets it.</param>
/// <param name="IfTaken">The refusal when another stream has it.</param>
/// <param name="Scope">Of which tenant only one thing may have it; null for the one whose commit it is.</param>
public sealed record Claim(string Kind, string Value, StreamId Owner, Rejection IfTaken, string? Scope = null);
