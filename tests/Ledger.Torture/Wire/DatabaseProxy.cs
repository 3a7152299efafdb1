using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Ledger.Torture.Wire;

/// <summary>Where in a request its connection is cut.</summary>
internal enum Place
{
    /// <summary>The server gets a part of the request, and does nothing.</summary>
    Halfway,

    /// <summary>The server gets the request, and loses who asked while it works.</summary>
    AfterRequest,

    /// <summary>The server has done it, and said so; the client does not hear it.</summary>
    BeforeAnswer,
}

/// <summary>Stands between one program and PostgreSQL: passes everything on, and cuts where it was told to.</summary>
internal sealed class DatabaseProxy : IDisposable
{
    private readonly UnixDomainSocketEndPoint server;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, bool> connections = new();
    private readonly List<Ambush> ambushes = [];
    private readonly Lock gate = new();
    private readonly Task accepting;

    /// <param name="socket">The path that the server listens at; it may come and go.</param>
    public DatabaseProxy(string socket)
    {
        server = new(socket);
        listener.Start(512);
        accepting = Task.Run(Accept);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many ambushes have cut something.</summary>
    public int Sprung { get; private set; }

    /// <summary>Cuts the connection of a request to come.</summary>
    /// <param name="nth">1 for the next of its kind.</param>
    public void Lie(Request request, Place place, int nth)
    {
        lock (gate) ambushes.Add(new(request, place) { Left = nth });
    }

    /// <summary>Forgets the ambushes that nothing has run into.</summary>
    public void Rest()
    {
        lock (gate) ambushes.Clear();
    }

    /// <summary>Cuts every connection.</summary>
    public void Sever()
    {
        foreach (var one in connections.Keys) one.Cut();
    }

    /// <summary>Where the connection of this request is to be cut; null for nowhere.</summary>
    internal Place? Meet(Request request)
    {
        lock (gate)
        {
            var ambush = ambushes.Find(one => one.Request == request);
            if (ambush is null || --ambush.Left > 0) return null;
            _ = ambushes.Remove(ambush);
            Sprung++;
            return ambush.Place;
        }
    }

    public void Dispose()
    {
        listener.Stop();
        Sever();
        accepting.Wait();
        listener.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try { client = await listener.AcceptSocketAsync(); }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException) { return; }   // Told to end.
            _ = Task.Run(() => Pass(client));
        }
    }

    private async Task Pass(Socket client)
    {
        using var connection = new ProxiedConnection(client, this);
        connections[connection] = true;
        try { await connection.Run(server); }
        finally { _ = connections.TryRemove(connection, out _); }
    }

    private sealed record Ambush(Request Request, Place Place)
    {
        public int Left { get; set; }
    }
}
