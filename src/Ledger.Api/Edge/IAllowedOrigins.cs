namespace Ledger.Api.Edge;

/// <summary>Which pages of other origins may call the API from a browser.</summary>
internal interface IAllowedOrigins
{
    /// <param name="tenant">Null asks whether any tenant has allowed it.</param>
    /// <param name="origin">As a browser sends it; compared letter for letter.</param>
    ValueTask<bool> Allows(string? tenant, string origin, CancellationToken ct);
}
