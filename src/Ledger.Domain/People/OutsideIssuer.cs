using Ledger.Domain.Tenancy;

namespace Ledger.Domain.People;

/// <summary>Somebody else who says who a tenant's customers are, such as the tenant's own log-in service.</summary>
public abstract record OutsideIssuer : IState<OutsideIssuer, OutsideIssuerEvent>
{
    private OutsideIssuer() { }

    public sealed record Nobody : OutsideIssuer;

    public sealed record Trusted(OutsideTerms Terms) : OutsideIssuer;

    public static OutsideIssuer Initial { get; } = new Nobody();

    /// <summary>A tenant has one at most.</summary>
    public static StreamId StreamOf(TenantId tenant) => new("outside_issuer", DerivedId.Of(tenant.ToString(), "outside_issuer", ""));

    public static OutsideIssuer Evolve(OutsideIssuer state, OutsideIssuerEvent @event) => @event switch
    {
        OutsideIssuerTrusted trusted => new Trusted(trusted.Terms),
        OutsideIssuerForgotten => new Nobody(),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>What can happen to a tenant's outside issuer. Stored forever: add cases, never edit them.</summary>
public abstract record OutsideIssuerEvent : IEvent
{
    private protected OutsideIssuerEvent() { }
}

public sealed record OutsideIssuerTrusted(TenantId Id, OutsideTerms Terms) : OutsideIssuerEvent;

public sealed record OutsideIssuerForgotten(TenantId Id) : OutsideIssuerEvent;

/// <param name="Issuer">What the tokens say as <c>iss</c>, to the letter.</param>
/// <param name="Audience">What they say as <c>aud</c>.</param>
/// <param name="Algorithm">The one algorithm that is believed, whatever a token says.</param>
/// <param name="Secret">For HS256, sealed under the tenant's key; null otherwise.</param>
/// <param name="Keys">For ES256 and RS256, the public keys as a JWK set; null where there is a URL, or a secret.</param>
/// <param name="EmailsAreVerified">Whether the issuer lets nobody in whose address it has not verified; else each token must say so.</param>
/// <param name="KeysUrl">Where the issuer publishes its keys, in place of <paramref name="Keys"/>; null otherwise.</param>
public sealed record OutsideTerms(
    string Issuer, string Audience, OutsideAlgorithm Algorithm, Personal<string>? Secret, string? Keys, bool EmailsAreVerified, Uri? KeysUrl = null);

public enum OutsideAlgorithm { Hs256, Es256, Rs256 }
