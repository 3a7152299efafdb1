using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Ledger.Api.Edge;

/// <summary>Whose word is taken for where a request came from. The list is read from the right, up to the first address that is no proxy.</summary>
/// <remarks>Believed are X-Forwarded-For and X-Forwarded-Proto, of <c>LEDGER_PROXIES</c> alone. X-Forwarded-Host is believed of nobody.</remarks>
internal static class Proxies
{
    /// <exception cref="EdgeSettingsException">What was given is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions Options(string given)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var one in given.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (System.Net.IPNetwork.TryParse(one, out var network)) options.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(one, out var address)) options.KnownProxies.Add(address);
            else throw new EdgeSettingsException($"LEDGER_PROXIES has neither an address nor a network: '{one}'.");
        }

        return options;
    }

    /// <summary>Without a proxy there is nobody to believe, and the headers are left alone.</summary>
    public static void UseProxies(this WebApplication app, EdgeSettings settings)
    {
        var options = Options(settings.Proxies);
        if (options.KnownProxies.Count + options.KnownIPNetworks.Count > 0) _ = app.UseForwardedHeaders(options);
    }
}
