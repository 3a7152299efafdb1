using System.Text.Json.Nodes;
using Ledger.EventStore.Audit;

namespace Ledger.Api.Audit;

/// <summary>One line of the audit trail: an event of the log, a look at personal data, or an attempt that was refused.</summary>
/// <param name="Id">Of the event, or of the record of access.</param>
/// <param name="Position">The event's place in the log; null for what is not in the log.</param>
/// <param name="At">When it was recorded, by the machine's clock.</param>
/// <param name="EffectiveAt">When the event was true, by the tenant's clock.</param>
/// <param name="Action"><c>create</c>, <c>update</c> and <c>delete</c> for events; <c>login</c>, <c>logout</c>, <c>account_locked</c>, <c>password_reset_request</c>, <c>password_change</c> and <c>address_change</c> for
/// what people do to get in; <c>read</c> and <c>attempt</c> for the rest.</param>
/// <param name="Event">The event's name, or the operation that was called.</param>
/// <param name="CausationId">The message that led to it; null where a request did.</param>
/// <param name="Policy">The policy that sent that message.</param>
/// <param name="Status"><c>success</c>, or <c>failure</c> for an attempt that was refused.</param>
/// <param name="Code">Of the problem that it was refused with.</param>
/// <param name="LeftOut">In the line that stands for many: how many more there were in that minute.</param>
/// <param name="Details">What the event changed; null for what is no event, and in lists for things with a very long history.</param>
/// <param name="Block">The block of the chain that holds the event.</param>
public sealed record AuditEntry(
    Guid Id, long? Position, Instant At, Instant? EffectiveAt, string? ActorKind, string? ActorId, string Action, string Event, string? ResourceType,
    string? ResourceId, string? RequestId, string? CorrelationId, string? CausationId, string? Policy, string? IdempotencyKey, string? IpAddress,
    string? UserAgent, string Status, int? HttpStatus, string? Code, long? LeftOut, AuditDetails? Details, AuditedBlock? Block)
{
    public static AuditEntry Of(AuditedEvent happened, AuditDetails? details) => new(
        happened.Id, happened.Position, happened.RecordedAt, happened.Headers.EffectiveAt, happened.Headers.ActorKind, happened.Headers.ActorId,
        EventStore.Events.EventTypes.SnakeCase(EventActions.Of(happened.Type).ToString()), happened.Type, happened.Stream.Category,
        happened.Stream.Id.ToString(), happened.Headers.RequestId, happened.CorrelationId, happened.CausationId, happened.Headers.Policy,
        happened.Headers.IdempotencyKey, happened.Ip, happened.UserAgent, "success", HttpStatus: null, Code: null, LeftOut: null, details, happened.Block);

    /// <summary>Whether a word is the name of something that somebody does to get in or out.</summary>
    public static bool IsIdentity(string word) => Identities.Contains(word);

    /// <summary>All of these names.</summary>
    public static IReadOnlyCollection<string> Identities { get; } =
        [.. Enum.GetNames<IdentityAction>().Select(EventStore.Events.EventTypes.SnakeCase)];

    public static AuditEntry Of(AccessRecord record)
    {
        var (kind, id) = Actor.Parts(record.Actor);
        return new(
            record.Id, Position: null, record.At, EffectiveAt: null, kind, id,
            IsIdentity(record.Operation) ? record.Operation : record.IsRead ? "read" : "attempt", record.Operation, record.ResourceType,
            record.ResourceId, record.RequestId, CorrelationId: null, CausationId: null, Policy: null, IdempotencyKey: null, record.Ip, record.UserAgent,
            record.Status >= 400 ? "failure" : "success", record.Status, record.Code, record.LeftOut, Details: null, Block: null);
    }
}

/// <summary>What an event changed in its stream's state: only the members that differ. What is personal or secret is <c>***</c>.</summary>
/// <param name="Before">Null when there was nothing before.</param>
/// <param name="After">Null when there is nothing after.</param>
public sealed record AuditDetails(JsonObject? Before, JsonObject? After);
