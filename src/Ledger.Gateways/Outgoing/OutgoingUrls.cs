using System.Net;
using System.Text.RegularExpressions;

namespace Ledger.Gateways.Outgoing;

/// <summary>Whether a URL that somebody else has written may be asked at all, from how it looks.</summary>
/// <remarks>
/// Where its host leads is looked at when it is asked, by <see cref="OutgoingConnection"/>: between now and then a name may change.
/// Only the plain way of writing a host is taken, because two programs may read an odd one differently.
/// </remarks>
public sealed partial class OutgoingUrls(OutgoingOptions options)
{
    private const int LengthMax = 2000, HttpsPort = 443;

    /// <summary>Why it may not be asked, as a code; null when it may.</summary>
    public string? Check(Uri url)
    {
        if (!url.IsAbsoluteUri) return "url_not_absolute";
        var text = url.OriginalString;
        if (text.Length > LengthMax) return "url_too_long";
        if (text.Any(letter => letter is <= ' ' or > '~' or '\\')) return "url_not_plain";
        if (url.Scheme != "https" && !(options.IsDevelopment && url.Scheme == "http")) return "url_not_https";
        if (Authority().Match(text) is not { Success: true } authority) return "url_not_plain";
        if (url.UserInfo.Length > 0 || authority.Value.Contains('@', StringComparison.Ordinal)) return "url_has_credentials";
        if (!options.IsDevelopment && url.Port != HttpsPort && !options.MorePorts.Contains(url.Port)) return "url_port_not_allowed";
        return CheckHost(authority.Groups["host"].Value);
    }

    /// <exception cref="OutgoingRefusedException">It may not.</exception>
    public void OrRefuse(Uri url)
    {
        if (Check(url) is { } code) throw new OutgoingRefusedException(code);
    }

    private string? CheckHost(string host)
    {
        var isAddress = host.StartsWith('[') ? IPAddress.TryParse(host, out var address) : DottedQuad().IsMatch(host) & IPAddress.TryParse(host, out address);
        if (isAddress) return options.IsDevelopment || PublicAddresses.Has(address!) ? null : "url_address_not_public";
        if (!Name().IsMatch(host)) return "url_host_not_plain";
        return host.Contains('.', StringComparison.Ordinal) && !Inside().IsMatch(host) || options.IsDevelopment ? null : "url_host_not_public";
    }

    [GeneratedRegex("^https?://(?<user>[^/?#@]*@)?(?<host>\\[[^\\]/?#@]*\\]|[^/?#@:]+)(:[0-9]{1,5})?(?=[/?#]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Authority();

    /// <summary>Four numbers without zeros before them, which some read as octal.</summary>
    [GeneratedRegex(@"^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\.(?!$)|$)){4}$")]
    private static partial Regex DottedQuad();

    /// <summary>Labels of letters, digits and hyphens, the last beginning with a letter: no number in disguise, and no dot at the end.</summary>
    [GeneratedRegex(@"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    /// <summary>Names that are never given out to the public.</summary>
    [GeneratedRegex(@"(^|\.)(localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|invalid|onion)$", RegexOptions.IgnoreCase)]
    private static partial Regex Inside();
}
