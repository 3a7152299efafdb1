using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ledger.Gateways.Brokers;

namespace Ledger.Testing;

/// <summary>A RabbitMQ for one test, on the loopback alone, with its files in a directory: it can be killed and started again.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    /// <summary>Where Debian has it. Not the wrapper in <c>/usr/sbin</c>, which insists on a user of its own.</summary>
    public const string Program = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    private static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);
    private readonly TestDirectory directory = new();
    private readonly int port = FreePort(), namesPort = FreePort(), nodesPort = FreePort();
    private Process? names, server;

    private TestBroker() { }

    public BrokerSettings Settings => BrokerSettings.Of($"amqp://guest:guest@127.0.0.1:{port}/", null);

    public static async Task<TestBroker> Start()
    {
        var one = new TestBroker();
        await File.WriteAllTextAsync(Path.Combine(one.directory.Path, "rabbitmq.conf"), $"listeners.tcp.local = 127.0.0.1:{one.port}\nlog.file.level = warning\n");
        one.names = one.Run("epmd", "-address", "127.0.0.1", "-port", one.namesPort.ToString(CultureInfo.InvariantCulture));
        await one.Restart();
        return one;
    }

    /// <summary>Ends it where it stands; what has not reached its disk is lost.</summary>
    public async Task Kill()
    {
        server!.Kill();
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    /// <summary>Starts it with the files that it has, and waits until it answers.</summary>
    public async Task Restart()
    {
        server = Run(Program, "-noinput");
        var waited = Stopwatch.StartNew();
        while (!await Answers())
        {
            if (server.HasExited || waited.Elapsed > StartsWithin) throw new InvalidOperationException($"RabbitMQ did not start; see {directory.Path}.");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await Kill();
        names?.Kill();
        names?.Dispose();
        directory.Dispose();
    }

    private Process Run(string program, params string[] arguments)
    {
        var path = directory.Path;
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = path,   // By which it is ended when this process is killed.
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["HOME"] = path, ["ERL_EPMD_ADDRESS"] = "127.0.0.1", ["ERL_EPMD_PORT"] = namesPort.ToString(CultureInfo.InvariantCulture),
                ["RABBITMQ_ALLOW_INPUT"] = "1", ["RABBITMQ_NODENAME"] = "ledger@localhost", ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(path, "none"),
                ["RABBITMQ_CONFIG_FILE"] = Path.Combine(path, "rabbitmq.conf"), ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(path, "plugins"),
                ["RABBITMQ_MNESIA_BASE"] = Path.Combine(path, "data"), ["RABBITMQ_LOG_BASE"] = Path.Combine(path, "log"),
                ["RABBITMQ_DIST_PORT"] = nodesPort.ToString(CultureInfo.InvariantCulture),
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} -start_epmd false",
            },
        };
        var running = Process.Start(start)!;
        running.BeginOutputReadLine();
        running.BeginErrorReadLine();
        return running;
    }

    /// <summary>Its first answer to a stranger's greeting: a port that is only open says nothing.</summary>
    private async Task<bool> Answers()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray());
            return await client.GetStream().ReadAsync(new byte[1]) > 0;
        }
        catch (Exception e) when (e is SocketException or IOException) { return false; }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
