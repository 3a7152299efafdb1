using System.Net;
using System.Net.Sockets;

namespace Ledger.Gateways.Outgoing;

/// <summary>Which addresses are out in the open: not ours, not a neighbour's, and not another address in disguise.</summary>
/// <remarks>Source: IANA's special-purpose registries for IPv4 and IPv6, and RFC 6890.</remarks>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8",        // this network
            "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",   // private
            "100.64.0.0/10",    // carrier-grade NAT, and metadata of some clouds
            "127.0.0.0/8",      // loopback
            "168.63.129.16/32", // Azure's host
            "169.254.0.0/16",   // link-local, and metadata of most clouds
            "192.0.0.0/24",     // protocol assignments
            "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24",   // documentation
            "192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24",   // AS112, AMT
            "192.88.99.0/24",   // 6to4 relays
            "198.18.0.0/15",    // benchmarking
            "224.0.0.0/4", "240.0.0.0/4",   // multicast, reserved, broadcast
            "2001::/23",        // protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32", "3fff::/20",   // documentation
            "2002::/16",        // 6to4
            "2620:4f:8000::/48",   // AS112
        }.Select(text => IPNetwork.Parse(text)),
    ];

    /// <summary>All that was ever given out to be reached. Loopback, mapped, NAT64, unique-local, link-local and multicast are outside of it.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    public static bool Has(IPAddress address) =>
        (address.AddressFamily is AddressFamily.InterNetwork || (address.AddressFamily is AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6 && GlobalUnicast.Contains(address)))
        && !Closed.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
}
