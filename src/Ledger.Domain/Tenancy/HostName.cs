namespace Ledger.Domain.Tenancy;

/// <summary>A DNS name in lower case, under which a tenant is found.</summary>
public static class HostName
{
    public const string ClaimKind = "tenant.host_name";
    public const int PerTenantMax = 10;

    private const int LengthMax = 253, LabelMax = 63;

    /// <summary>
    /// Whether it is two labels at least, of letters, digits and hyphens. The last is no number, which keeps addresses out; the
    /// first is no UUID, because such a name leads to the tenant of that id.
    /// </summary>
    public static bool IsGood(string name)
    {
        if (name.Length is 0 or > LengthMax) return false;
        var labels = name.Split('.');
        return labels.Length >= 2 && Array.TrueForAll(labels, IsLabel) && !labels[^1].All(char.IsAsciiDigit) && !Guid.TryParseExact(labels[0], "D", out _);
    }

    /// <summary>It is claimed over all tenants: in the platform's scope.</summary>
    internal static Claim Claim(TenantId tenant, string name) =>
        new(ClaimKind, name, tenant.Stream, TenantRejections.HostNameTaken, Scope: TenantId.Platform.ToString());

    private static bool IsLabel(string label) => label.Length is > 0 and <= LabelMax && label[0] != '-' && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
