using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Ledger.Api.Edge;

/// <summary>Whose word is taken for where a request came from. The list is read from the right, up to the first address that is no proxy.</summary>
/// <remarks>Believed are X-Forwarded-For and X-Forwarded-Proto, of <c>LEDGER_PROXIES</c> alone. X-Forwarded-Host is believed of nobody.</remarks>
internal static partial class Proxies
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

    /// <summary>Whether an address is one of a proxy whose word is taken.</summary>
    public static bool IsKnown(ForwardedHeadersOptions options, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return options.KnownProxies.Contains(plain) || options.KnownIPNetworks.Any(network => network.Contains(plain));
    }

    /// <summary>Without a proxy there is nobody to believe, and the headers are left alone.</summary>
    /// <remarks>Whoever forwards and was not declared is told of once: all who come through it would be one address for every limit.</remarks>
    public static void UseProxies(this WebApplication app, EdgeSettings settings)
    {
        var options = Options(settings.Proxies);
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Ledger.Api.Edge.Proxies");
        var isTold = 0;
        _ = app.Use((http, next) =>
        {
            if (http.Request.Headers.ContainsKey("X-Forwarded-For") && http.Connection.RemoteIpAddress is { } from && !IsKnown(options, from)
                && Interlocked.Exchange(ref isTold, 1) == 0) LogNotDeclared(log, ClientAddress.ForLimits(from));
            return next(http);
        });
        if (options.KnownProxies.Count + options.KnownIPNetworks.Count > 0) _ = app.UseForwardedHeaders(options);
    }

    [LoggerMessage(1, LogLevel.Warning, "Requests come through {Address} with X-Forwarded-For, and it is not in LEDGER_PROXIES: "
        + "its word is not taken, and everybody behind it is one address for limits and the audit trail.")]
    private static partial void LogNotDeclared(ILogger log, string address);
}
