using System.Net;
using System.Net.Sockets;

namespace Ledger.Gateways.Outgoing;

/// <summary>Connects to the very addresses that were looked at: a name that leads elsewhere a moment later gains nothing.</summary>
internal sealed class OutgoingConnection(OutgoingOptions options)
{
    /// <exception cref="OutgoingRefusedException">One of the host's addresses is not public. The others are not tried: such a host is up to something.</exception>
    public async ValueTask<Stream> Connect(DnsEndPoint host, CancellationToken ct)
    {
        var addresses = IPAddress.TryParse(host.Host, out var literal) ? [literal] : await options.Resolve(host.Host, ct).WaitAsync(ct);
        if (addresses.Length == 0) throw new OutgoingRefusedException("url_host_unknown");
        if (!options.IsDevelopment && !addresses.All(PublicAddresses.Has)) throw new OutgoingRefusedException("url_address_not_public");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
