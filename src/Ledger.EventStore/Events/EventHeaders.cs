namespace Ledger.EventStore.Events;

/// <summary>Who, when and why, beside every event: the audit trail of writes.</summary>
/// <param name="Schema">The version of this record: 1.</param>
/// <param name="EffectiveAt">When it was true, by the tenant's clock; to the microsecond.</param>
/// <param name="ActorKind">What acted: <c>api_key</c>, <c>worker</c>, <c>command_line</c>.</param>
/// <param name="ActorId">Which one, as an opaque id; never a name or an address.</param>
/// <param name="Policy">The policy whose message led to this, if one did.</param>
public sealed record EventHeaders(
    int Schema, Instant EffectiveAt, string ActorKind, string ActorId, string? RequestId = null,
    string? IdempotencyKey = null, string? Policy = null);
