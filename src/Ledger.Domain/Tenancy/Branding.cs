namespace Ledger.Domain.Tenancy;

/// <summary>How a tenant looks to its customers.</summary>
/// <param name="PrimaryColor">As <c>#1a2b3c</c>, in lower case; null for none.</param>
/// <param name="CssUrl">An https address; null for none.</param>
/// <param name="Logo">Null for none.</param>
public sealed record Branding(string? PrimaryColor, Uri? CssUrl, TenantLogo? Logo)
{
    public static readonly Branding None = new(null, null, null);
}

/// <param name="Hash">SHA-256 of the bytes, in lower-case hex: their name.</param>
public sealed record TenantLogo(string Hash, string ContentType, int Size);
