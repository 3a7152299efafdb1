using Ledger.Domain.Tenancy;

namespace Ledger.Domain.People;

/// <summary>Believe an issuer's tokens, in place of those of the one before. Saying the same again changes nothing.</summary>
public sealed record TrustOutsideIssuer(TenantId Tenant, OutsideTerms Terms) : ICommand<OutsideIssuer, OutsideIssuerEvent>
{
    public StreamId Stream => OutsideIssuer.StreamOf(Tenant);

    public Decision<OutsideIssuerEvent> Decide(OutsideIssuer state) =>
        state is OutsideIssuer.Trusted known && known.Terms == Terms ? [] : [new OutsideIssuerTrusted(Tenant, Terms)];
}

/// <summary>Believe no issuer but ourselves. Again changes nothing.</summary>
public sealed record ForgetOutsideIssuer(TenantId Tenant) : ICommand<OutsideIssuer, OutsideIssuerEvent>
{
    public StreamId Stream => OutsideIssuer.StreamOf(Tenant);

    public Decision<OutsideIssuerEvent> Decide(OutsideIssuer state) => state is OutsideIssuer.Trusted ? [new OutsideIssuerForgotten(Tenant)] : [];
}
