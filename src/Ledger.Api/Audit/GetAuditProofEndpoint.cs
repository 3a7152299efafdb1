using System.Globalization;
using Ledger.EventStore.Audit;
using Ledger.EventStore.Verification;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Audit;

internal static class GetAuditProofEndpoint
{
    public static void MapGetAuditProof(this IEndpointRouteBuilder logs) => logs
        .MapGet("/{audit_log_id:guid}/proof", Get)
        .Is("getAuditProof", "All that a program needs to check, without this server, that an event is in the chain: see docs/audit-proof.md.", Who.Admin)
        .Produces<ProofResponse>().ProducesProblem(404);

    /// <remarks>
    /// <c>from_block</c> is the first position of the chain to give: <c>next_block</c> of the page before. <c>head</c> is
    /// <c>newest</c>, or <c>nearest</c> for the signed head that the shortest chain leads to.
    /// </remarks>
    private static async Task<IResult> Get(
        [FromRoute(Name = "audit_log_id")] Guid auditLogId, Call call, EventById byId, EventProof proof, SignedHeads heads, CancellationToken ct,
        [FromQuery(Name = "from_block")] string? fromBlock = null, string? head = null)
    {
        var from = long.TryParse(fromBlock, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        Check.That(string.IsNullOrEmpty(fromBlock) || from > 0, "from_block", "not_a_position", "A position of the log.")
            .And(head is null or "newest" or "nearest", "head", "unknown_value", "newest or nearest.").OrRefuse();

        if (await byId.Find(call.Tenant, auditLogId, ct) is not { } position || await proof.Event(call.Tenant, position, ct) is not { } proven
            || await proof.Block(call.Tenant, position, ct) is not { } block)
            throw new ProblemException(Problem.NotFound with { Detail = "No event of the audit trail has this id. A record of access is not in the chain." });

        var signed = await heads.Find(call.Tenant, block.LastPosition, nearest: head == "nearest", ct);
        var end = signed?.Position ?? await proof.End(call.Tenant, ct);
        var begin = Math.Max(from, block.LastPosition + 1);
        var chain = begin > end ? [] : await proof.Blocks(call.Tenant, begin, end, ct);
        var reached = chain.Count == 0 ? Math.Max(begin - 1, block.LastPosition) : chain[^1].LastPosition;
        return TypedResults.Json(new ProofResponse(
            ProofResponse.FormatName, proven.Event, new(ProofResponse.DigestVersion, proven.Digest), block, chain, reached < end ? reached + 1 : null, signed), LedgerJson.Options);
    }
}

/// <summary>A proof that an event is in the chain, or a page of it.</summary>
/// <param name="Format">Changes when the meaning of a member does.</param>
/// <param name="Chain">The blocks that follow the event's own, up to the head; or, without one, to the end of the log.</param>
/// <param name="NextBlock">Where the next page begins; null when the chain has reached its end.</param>
/// <param name="Head">A head that was signed; null when none was, since the event's block.</param>
public sealed record ProofResponse(
    string Format, ProvenEvent Event, ProvenDigest Digest, ProvenBlock Block, IReadOnlyList<ProvenBlock> Chain, long? NextBlock, SignedHead? Head)
{
    public const string FormatName = "ledger proof 1";

    /// <summary>Of the text that <c>ledger.event_digest</c> hashes.</summary>
    public const int DigestVersion = 1;
}

/// <param name="Version">Of the way in which it is computed.</param>
/// <param name="Sha256">In lower-case hex.</param>
public sealed record ProvenDigest(int Version, string Sha256);
