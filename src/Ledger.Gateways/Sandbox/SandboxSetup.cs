using Ledger.Gateways.Payments;

namespace Ledger.Gateways.Sandbox;

/// <summary>A card being entered on the provider's page, as seen by whoever sent the holder there.</summary>
/// <param name="ReturnUrl">Where the holder goes afterwards.</param>
public abstract record SandboxSetup(string Id, string Tenant, Uri ReturnUrl)
{
    /// <summary>The holder has not finished.</summary>
    public sealed record Pending(string Id, string Tenant, Uri ReturnUrl) : SandboxSetup(Id, Tenant, ReturnUrl);

    public sealed record Completed(string Id, string Tenant, Uri ReturnUrl, TokenizedCard Card)
        : SandboxSetup(Id, Tenant, ReturnUrl);

    /// <summary>The card was refused. Final: another card needs another setup.</summary>
    /// <param name="Code">The code of the <see cref="CardRefusedException"/>.</param>
    public sealed record Failed(string Id, string Tenant, Uri ReturnUrl, string Code)
        : SandboxSetup(Id, Tenant, ReturnUrl);
}
