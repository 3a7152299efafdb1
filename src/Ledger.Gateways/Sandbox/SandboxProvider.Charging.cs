using System.Security.Cryptography;
using System.Text;
using Ledger.Gateways.Payments;

namespace Ledger.Gateways.Sandbox;

/// <content>What a charge may be, what it is called, and how its answer is stored.</content>
public sealed partial class SandboxProvider
{
    private const string CapturedAnswer = "captured";
    private const string HeldAnswer = "authorized";

    /// <summary>Long enough for every key in use, short enough for an index.</summary>
    private const int TextLengthMax = 255;

    /// <summary>One key charges once, so its charge needs no other name, and every process finds the same.</summary>
    private static string ReferenceOf(string tenant, string idempotencyKey)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{tenant}\n{idempotencyKey}"));
        return $"sbx_ch_{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }

    private static ChargeAnswer AnswerOf(string stored, string providerReference) => stored switch
    {
        CapturedAnswer => new ChargeAnswer.Captured(providerReference),
        HeldAnswer => new ChargeAnswer.Held(providerReference),
        _ => new ChargeAnswer.Declined(stored, DeclineCodes.KindOf(stored), providerReference),
    };

    private static void Check(ChargeRequest request)
    {
        CheckText(request.Tenant, nameof(request.Tenant));
        CheckText(request.IdempotencyKey, nameof(request.IdempotencyKey));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Amount, nameof(request.Amount));
        if (request.Currency is not { Length: 3 } currency || !currency.All(char.IsAsciiLetterUpper))
            throw new ArgumentException("A currency is three upper-case letters.", nameof(request));
    }

    /// <summary>What the database cannot store must be refused before it joins a batch, where it would fail all others.</summary>
    private static void CheckText(string text, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(text, name);
        if (text.Length > TextLengthMax || text.Any(letter => letter is < ' ' or > '~'))
            throw new ArgumentException($"{name} must be at most {TextLengthMax} printable ASCII characters.", name);
    }
}
