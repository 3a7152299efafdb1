namespace Ledger.Decisions;

/// <summary>A personal value, sealed under its subject's own key: readable only where the key is at hand.</summary>
/// <remarks>
/// Sealing the same value for the same subject gives the same text, so rules may compare sealed values. When
/// the subject's key is destroyed, every copy becomes unreadable, in the log too. A plain string is never in here.
/// </remarks>
/// <param name="Sealed">Base64 of version, nonce, ciphertext and tag.</param>
public sealed record Personal<T>(string Sealed) where T : notnull
{
    /// <summary>Says nothing, so that a log line or an exception cannot leak even the sealed form.</summary>
    public override string ToString() => "(personal)";
}
