using System.Security.Cryptography;
using System.Text;
using Ledger.Gateways.Payments;
using Npgsql;

namespace Ledger.Gateways.Sandbox;

/// <summary>A provider that moves no money: the default, and the one to test against. The card decides the answer.</summary>
/// <remarks>
/// It stands outside the ledger as a real one does: its record is its own (schema <c>sandbox</c>), written in its own
/// transactions, and holds no personal data. It honours idempotency keys, over processes and restarts, and can be
/// told to fail (<see cref="SetFault"/>).
/// </remarks>
public sealed partial class SandboxProvider : IPaymentProvider, IAsyncDisposable
{
    private const int ConnectionsMax = 8;
    private readonly SandboxOptions options;
    private readonly NpgsqlDataSource database;
    private readonly ChargeBatches batches;

    private SandboxProvider(SandboxOptions options, NpgsqlDataSource database)
    {
        this.options = options;
        this.database = database;
        batches = new ChargeBatches(database, options);
    }

    public string Name => "sandbox";

    /// <summary>Opens the provider on its record, which the migrations have made. Safe in many processes at once.</summary>
    public static SandboxProvider Open(SandboxOptions options)
    {
        options.Check();
        // No statement here leaves anything in its session, so clearing it between batches would be work for nothing.
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            MaxAutoPrepare = 0,   // What it prepares by itself is unusable after an error on the way.
            MaxPoolSize = ConnectionsMax,
            NoResetOnClose = true,
        };
        return new SandboxProvider(options, NpgsqlDataSource.Create(connection));
    }

    /// <remarks>
    /// A key's first token, amount and currency count; the day and the reference may differ in a repeat, which gets
    /// the first answer all the same.
    /// </remarks>
    public async Task<ChargeAnswer> Charge(ChargeRequest request, CancellationToken ct)
    {
        Check(request);
        var token = SandboxToken.Parse(request.Token)
            ?? throw new CardRefusedException("unknown_token", "The sandbox provider knows no such token.");
        var charge = new SentCharge(
            request,
            token.DeclineOn(request.ChargedOn) ?? (request.Holds ? HeldAnswer : CapturedAnswer),
            ReferenceOf(request.Tenant, request.IdempotencyKey),
            IsLate: false);
        try
        {
            return await Send(charge).WaitAsync(options.Timeout, ct);
        }
        catch (TimeoutException late)
        {
            throw new ProviderOutcomeUnknownException("The sandbox provider did not answer in time.", late);
        }
    }

    public async Task<ChargeAnswer?> FindCharge(string tenant, string idempotencyKey, CancellationToken ct)
    {
        CheckText(tenant, nameof(tenant));
        CheckText(idempotencyKey, nameof(idempotencyKey));
        try
        {
            return await Find(tenant, idempotencyKey, ct).WaitAsync(options.Timeout, ct);
        }
        catch (Exception silence) when (silence is NpgsqlException or TimeoutException)
        {
            throw new ProviderOutcomeUnknownException("The sandbox provider did not answer in time.", silence);
        }
    }

    /// <exception cref="CardRefusedException">As <see cref="CardDetails.Check"/>, then <c>not_a_test_card</c>.</exception>
    public Task<TokenizedCard> Tokenize(CardDetails card, CancellationToken ct) => Task.FromResult(Tokenized(card));

    public Task<TokenDescription?> Describe(string token, CancellationToken ct) =>
        Task.FromResult(SandboxToken.Parse(token) is { } known
            ? new TokenDescription(known.Card.Brand, known.Card.Last4, known.ExpMonth, known.ExpYear)
            : null);

    /// <summary>Sends what waits, then closes. Slow requests still on their way are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        await batches.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>Lives on when its caller has gone: a request that is under way cannot be called back.</summary>
    private async Task<ChargeAnswer> Send(SentCharge charge)
    {
        var recorded = await batches.Send(charge);
        if (recorded.Outcome == "slow")
        {
            await Task.Delay(recorded.Delay);
            recorded = await batches.Send(charge with { IsLate = true });
        }
        if (recorded.Fault is not null)
        {
            await Task.Delay(options.SimulatedTimeout);
            throw new ProviderOutcomeUnknownException("The sandbox provider did not answer in time, as it was told.");
        }
        return recorded.Outcome switch
        {
            "mismatch" => throw new ProviderConflictException("The key has been used for another charge."),
            "void" => throw new ProviderKeyVoidException("The key was asked about before it had charged, and is closed."),
            _ => AnswerOf(recorded.Answer!, recorded.ProviderReference!),
        };
    }

    private async Task<ChargeAnswer?> Find(string tenant, string idempotencyKey, CancellationToken ct)
    {
        await using var command = Command(
            "select answer, provider_reference from sandbox.find_charge($1, $2)", tenant, idempotencyKey);
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? AnswerOf(rows.GetString(0), rows.GetString(1)) : null;
    }

    private TokenizedCard Tokenized(CardDetails card)
    {
        card.Check();
        var known = TestCard.WithNumber(card.Number)
            ?? throw new CardRefusedException("not_a_test_card", "The sandbox provider takes only its test cards.");
        var token = new SandboxToken(known, card.ExpMonth, card.ExpYear);
        var fingerprint = HMACSHA256.HashData(options.FingerprintKey.Span, Encoding.ASCII.GetBytes(card.Number));
        return new TokenizedCard(
            token.ToString(), known.Brand, known.Last4, Convert.ToHexStringLower(fingerprint), card.ExpMonth, card.ExpYear);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }
}
