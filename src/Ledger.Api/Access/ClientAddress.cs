using System.Net;
using System.Net.Sockets;

namespace Ledger.Api.Access;

/// <summary>Where a request came from, in one form.</summary>
internal static class ClientAddress
{
    private const int NetworkBytes = 8;

    /// <summary>An address as it is written down: an IPv4 address is one, however it came.</summary>
    public static string? Of(HttpContext http) => http.Connection.RemoteIpAddress is { } address ? Plain(address).ToString() : null;

    /// <summary>What is counted: an IPv4 address, or the /64 of an IPv6 address, which is one customer's of a provider.</summary>
    public static string ForLimits(HttpContext http) => ForLimits(http.Connection.RemoteIpAddress);

    /// <inheritdoc cref="ForLimits(HttpContext)"/>
    public static string ForLimits(IPAddress? from)
    {
        if (from is null) return "nowhere";
        var address = Plain(from);
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, NetworkBytes, bytes.Length - NetworkBytes);
        return $"{new IPAddress(bytes)}/64";
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
