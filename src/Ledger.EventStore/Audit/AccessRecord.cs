namespace Ledger.EventStore.Audit;

/// <summary>A look at personal data, or an attempt that was refused. It changed nothing, so it is not in the log.</summary>
/// <param name="Id">Of version 7, of the moment of <paramref name="At"/>: its order is the order of time.</param>
/// <param name="Actor">Kind, colon, id; null when nobody was known.</param>
/// <param name="Operation">In snake_case.</param>
/// <param name="IsRead">False for an attempt to change something.</param>
/// <param name="Status">Of the answer, as HTTP counts.</param>
/// <param name="Code">Of the problem; null when it went well.</param>
/// <param name="LeftOut">For the row that says so: how many were not kept in its minute. Null for all others.</param>
public sealed record AccessRecord(
    string Tenant, Guid Id, Instant At, string? Actor, string Operation, bool IsRead, string? ResourceType, string? ResourceId, int Status,
    string? Code, string? RequestId, string? Ip, string? UserAgent, long? LeftOut = null);

/// <summary>From where a request came.</summary>
/// <param name="UserAgent">What its program called itself; at most 300 characters.</param>
/// <param name="Actor">Kind, colon, id: with whom it goes when that is an erased customer.</param>
public sealed record RequestOrigin(string Tenant, string RequestId, Instant At, string? Ip, string? UserAgent, string? Actor = null);
