using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Ledger.Api.Edge;

/// <summary>How many of the connections one address may hold: nobody keeps all others out by saying nothing on many of them.</summary>
/// <remarks>A proxy that was declared brings many people, and is not counted.</remarks>
internal sealed class ConnectionShare(EdgeSettings settings)
{
    private readonly Microsoft.AspNetCore.Builder.ForwardedHeadersOptions proxies = Proxies.Options(settings.Proxies);
    private readonly ConcurrentDictionary<string, int> open = new();

    /// <summary>Cuts off a connection that is one too many of its address.</summary>
    public ConnectionDelegate Limit(ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint from || Proxies.IsKnown(proxies, from.Address))
        {
            await next(connection);
            return;
        }

        var address = ClientAddress.ForLimits(from.Address);
        try
        {
            if (open.AddOrUpdate(address, 1, (_, count) => count + 1) <= settings.ConnectionsPerAddress) await next(connection);
            else connection.Abort();
        }
        finally
        {
            if (open.AddOrUpdate(address, 0, (_, count) => count - 1) <= 0) _ = open.TryRemove(new(address, 0));
        }
    };
}
