using System.Globalization;

namespace Ledger.Api.Edge;

/// <summary>What the edge is told from outside: by environment variables, or by the same names on the command line.</summary>
/// <param name="Proxies"><c>LEDGER_PROXIES</c>: addresses or networks, with commas between, of which X-Forwarded-For and -Proto are believed.</param>
/// <param name="ConnectionsMax"><c>LEDGER_CONNECTIONS_MAX</c>: at once, for this process; who comes after is cut off.</param>
/// <param name="RequestTime"><c>LEDGER_REQUEST_SECONDS</c>: how long a request may take.</param>
/// <param name="ConnectionsPerAddress"><c>LEDGER_CONNECTIONS_PER_ADDRESS</c>: of these, from one address that is no declared proxy.</param>
/// <param name="PublicUrl"><c>LEDGER_PUBLIC_URL</c>: where clients reach this installation, as https://billing.example.org; null for where it listens.</param>
internal sealed record EdgeSettings(string Proxies, int ConnectionsMax, TimeSpan RequestTime, int ConnectionsPerAddress, string? PublicUrl = null)
{
    private const int ShareMin = 100, SharedBy = 4;

    private const int ConnectionsDefault = 10_000, SecondsDefault = 30;

    /// <exception cref="EdgeSettingsException">A number is none, or is not above zero.</exception>
    public static EdgeSettings Of(IConfiguration configuration)
    {
        var connections = Number(configuration, "LEDGER_CONNECTIONS_MAX", ConnectionsDefault);
        return new(
            configuration["LEDGER_PROXIES"] ?? "", connections, TimeSpan.FromSeconds(Number(configuration, "LEDGER_REQUEST_SECONDS", SecondsDefault)),
            Number(configuration, "LEDGER_CONNECTIONS_PER_ADDRESS", Math.Max(ShareMin, connections / SharedBy)),
            Root(configuration["LEDGER_PUBLIC_URL"]));
    }

    private static string? Root(string? text) => text is not { Length: > 0 } ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "https" or "http", Query: "", Fragment: "", UserInfo: "" } ? text.TrimEnd('/')
        : throw new EdgeSettingsException($"LEDGER_PUBLIC_URL is no address such as https://billing.example.org: '{text}'.");

    private static int Number(IConfiguration configuration, string name, int standard) => configuration[name] is not { Length: > 0 } text ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0 ? value
        : throw new EdgeSettingsException($"{name} is not a number above zero: '{text}'.");
}

/// <summary>A setting of the edge that cannot be meant so. Nothing is served with it.</summary>
public sealed class EdgeSettingsException(string message) : Exception(message);
