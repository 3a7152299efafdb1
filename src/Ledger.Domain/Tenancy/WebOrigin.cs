namespace Ledger.Domain.Tenancy;

/// <summary>Where a page in a browser comes from, as the browser says it: <c>https://shop.example</c>.</summary>
public static class WebOrigin
{
    public const int PerTenantMax = 20;

    private const int LengthMax = 300;

    /// <summary>
    /// Whether it is https, or http at localhost for somebody who tries things out; a host in lower case, a port where it is not the
    /// usual one, and nothing after it. There is no wildcard.
    /// </summary>
    public static bool IsGood(string text) =>
        text.Length <= LengthMax && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0
        && uri.GetLeftPart(UriPartial.Authority) == text && text.All(letter => letter is > ' ' and <= '~' and not '*')
        && (uri.Scheme == "https" || uri is { Scheme: "http", Host: "localhost" });
}
