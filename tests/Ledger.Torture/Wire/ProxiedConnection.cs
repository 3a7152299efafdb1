using System.Net.Sockets;

namespace Ledger.Torture.Wire;

/// <summary>One session of a program with PostgreSQL, in two directions, until one end goes or it is cut.</summary>
internal sealed class ProxiedConnection(Socket client, DatabaseProxy proxy) : IDisposable
{
    private const int PieceMax = 64 * 1024;
    private readonly Socket server = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly RequestReader requests = new();
    private volatile bool withholds;

    public async Task Run(UnixDomainSocketEndPoint to)
    {
        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(to);
            var (there, back) = (Task.Run(There), Task.Run(Back));
            _ = await Task.WhenAny(there, back);
            Cut();
            await Task.WhenAll(there, back);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { Cut(); }   // An end has gone.
    }

    /// <summary>Breaks it off, without a word to either end.</summary>
    public void Cut()
    {
        try { client.LingerState = new(enable: true, 0); }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }   // It has gone before.
        client.Dispose();
        server.Dispose();
    }

    public void Dispose() => Cut();

    private async Task There()
    {
        var piece = new byte[PieceMax];
        Place? place = null;
        while (await client.ReceiveAsync(piece) is > 0 and var length)
        {
            requests.Read(piece.AsSpan(0, length));
            foreach (var request in requests.Begun) place ??= proxy.Meet(request);
            if (place is Place.BeforeAnswer) withholds = true;
            if (place is Place.Halfway)
            {
                await Send(server, piece.AsMemory(0, length / 2));
                return;
            }

            await Send(server, piece.AsMemory(0, length));
            if (place is Place.AfterRequest && requests.HasEnd) return;
        }
    }

    private async Task Back()
    {
        var piece = new byte[PieceMax];
        while (await server.ReceiveAsync(piece) is > 0 and var length)
        {
            if (!withholds) await Send(client, piece.AsMemory(0, length));
            else if (EndsReady(piece.AsSpan(0, length))) return;
        }
    }

    /// <summary>Whether the server has said all: the last frame is ReadyForQuery.</summary>
    private static bool EndsReady(ReadOnlySpan<byte> piece) => piece.Length >= 6 && piece[^6..^1].SequenceEqual("Z\0\0\0\x05"u8);

    private static async Task Send(Socket to, ReadOnlyMemory<byte> piece)
    {
        while (piece.Length > 0) piece = piece[await to.SendAsync(piece)..];
    }
}
