using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shouldly;

namespace Ledger.Testing;

/// <summary>Ledger as a program of its own, with its files in a directory: it can be killed and started again.</summary>
/// <param name="environment">What else it is told; without a LEDGER_DATABASE it has a private PostgreSQL in the directory.</param>
public sealed class LedgerProgram(string directory, IReadOnlyDictionary<string, string>? environment = null) : IDisposable
{
    private const int LinesKept = 60;
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> said = new();
    private Process? running;
    private volatile bool isListening;

    /// <summary>The same one after every start.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public string Cluster => Path.Combine(directory, "postgres");

    /// <summary>The last lines that it wrote, but for those of requests.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Whether the one that was started last has come so far as to listen.</summary>
    public bool IsListening => isListening;

    /// <summary>Whether it was started and is not running any more, by itself or killed.</summary>
    public bool HasEnded => running is { HasExited: true };

    /// <summary>How it ended.</summary>
    public int ExitCode => running!.ExitCode;

    /// <summary>Starts it and does not wait: it may be killed while it starts.</summary>
    public void Start()
    {
        isListening = false;
        running?.Dispose();
        running = Process.Start(Of("Ledger.Api.dll"))!;
        running.OutputDataReceived += (_, line) => Hear(line.Data);
        running.ErrorDataReceived += (_, line) => Hear(line.Data);
        running.BeginOutputReadLine();
        running.BeginErrorReadLine();
    }

    /// <summary>Ends it where it stands; PostgreSQL goes on.</summary>
    public async Task Kill()
    {
        running!.Kill();
        await running.WaitForExitAsync();
    }

    /// <summary>Lets it stand still where it is, or go on.</summary>
    public async Task Signal(string name)
    {
        using var signal = Process.Start("kill", [$"-{name}", running!.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
    }

    /// <summary>Ends PostgreSQL where it stands; the program starts it again.</summary>
    public async Task KillPostgres()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Cluster, "data", "postmaster.pid"));
        using var postmaster = Process.GetProcessById(int.Parse(lines[0], CultureInfo.InvariantCulture));
        postmaster.Kill();
    }

    /// <summary>Asks it to end, as an operator does.</summary>
    public async Task Stop()
    {
        await Signal("TERM");
        using var patience = new CancellationTokenSource(StopsWithin);
        await running!.WaitForExitAsync(patience.Token);
        running.ExitCode.ShouldBe(0, Said);
        running.Dispose();
        running = null;
    }

    /// <summary>Runs a command of the command line on the same ledger; what it printed.</summary>
    public async Task<string> Command(params string[] arguments)
    {
        using var command = Process.Start(Of("Ledger.Cli.dll", arguments))!;
        var (output, errors) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        command.ExitCode.ShouldBe(0, $"ledger {string.Join(' ', arguments)}\n{await output}\n{await errors}");
        return await output;
    }

    /// <summary>Starts a command and does not wait: it may be killed at any instant.</summary>
    public Process Begin(params string[] arguments)
    {
        var command = Process.Start(Of("Ledger.Cli.dll", arguments))!;
        command.OutputDataReceived += (_, line) => Hear(line.Data);
        command.ErrorDataReceived += (_, line) => Hear(line.Data);
        command.BeginOutputReadLine();
        command.BeginErrorReadLine();
        return command;
    }

    public void Dispose()
    {
        if (running is null) return;
        running.Kill();
        running.Dispose();
    }

    private ProcessStartInfo Of(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LEDGER_DIRECTORY"] = directory, ["LEDGER_URLS"] = Address.ToString(), ["LEDGER_DATABASE"] = "" },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return start;
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        if (line.StartsWith("Ledger listens on", StringComparison.Ordinal)) isListening = true;
        if (line.Contains(" INF ", StringComparison.Ordinal)) return;
        said.Enqueue(line);
        while (said.Count > LinesKept) _ = said.TryDequeue(out _);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
