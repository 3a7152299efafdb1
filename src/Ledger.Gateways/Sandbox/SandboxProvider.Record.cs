using Ledger.Gateways.Payments;

namespace Ledger.Gateways.Sandbox;

/// <summary>A charge as the sandbox provider recorded it, declined ones included.</summary>
/// <param name="CreatedAt">When it was recorded, by the database's clock.</param>
/// <param name="ChargedOn">The day by the tenant's clock.</param>
public sealed record SandboxCharge(
    string IdempotencyKey,
    string Token,
    long Amount,
    string Currency,
    ChargeAnswer Answer,
    DateTimeOffset CreatedAt,
    DateOnly ChargedOn);

/// <content>The provider's own account of what happened, to hold against the ledger's.</content>
public sealed partial class SandboxProvider
{
    /// <summary>The most charges one page may hold.</summary>
    public const int ChargesPageMax = 1_000;

    /// <summary>How many charges took money. Declined ones and voided keys do not count.</summary>
    public async Task<long> CountCharges(string tenant, CancellationToken ct)
    {
        await using var command = Command(
            "select count(*) from sandbox.charges where tenant = $1 and answer = 'captured'", tenant);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>A tenant's charges in the order of their keys. Give the last key of a page to get the next.</summary>
    /// <param name="limit">1 to <see cref="ChargesPageMax"/>.</param>
    public async Task<IReadOnlyList<SandboxCharge>> Charges(
        string tenant, CancellationToken ct, string? afterKey = null, int limit = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, ChargesPageMax);
        await using var command = Command(
            """
            select idempotency_key, token, amount, currency, answer, provider_reference, created_at, charged_on
            from sandbox.charges
            where tenant = $1 and idempotency_key > $2 and answer <> 'void'
            order by idempotency_key limit $3
            """,
            tenant, afterKey ?? "", limit);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var charges = new List<SandboxCharge>();
        while (await rows.ReadAsync(ct))
        {
            charges.Add(new SandboxCharge(
                rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.GetString(3),
                AnswerOf(rows.GetString(4), rows.GetString(5)),
                rows.GetFieldValue<DateTimeOffset>(6), rows.GetFieldValue<DateOnly>(7)));
        }
        return charges;
    }

    /// <summary>The most charges made under one key: 1, or 0 for a tenant without charges. More is a double charge.</summary>
    /// <remarks>Counted from the requests, which no key keeps unique, and not from the charges, where it could not show.</remarks>
    public async Task<long> ChargesPerKeyMax(string tenant, CancellationToken ct)
    {
        await using var command = Command(
            """
            select coalesce(max(made), 0) from (
                select count(*) as made from sandbox.requests
                where tenant = $1 and outcome = 'first' group by idempotency_key) per_key
            """,
            tenant);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }
}
