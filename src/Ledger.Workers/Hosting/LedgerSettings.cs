using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Brokers;
using Ledger.Gateways.Post;

namespace Ledger.Workers.Hosting;

/// <summary>What a process of Ledger is told from outside.</summary>
/// <param name="Database">The connection string of PostgreSQL; null for a private cluster in <paramref name="Directory"/>.</param>
/// <param name="Directory">Where a private cluster and the master key live when nothing else is said.</param>
/// <param name="MasterKey">Base64 of 32 bytes, one a line, the first wraps; null for the file.</param>
/// <param name="RunsWorkers">Whether this process also does what happens without a request.</param>
public sealed record LedgerSettings(string? Database, string Directory, string? MasterKey, string MasterKeyFile, bool RunsWorkers)
{
    /// <summary>The same database past a pooler in transaction mode; null where <see cref="Database"/> goes through none.</summary>
    public string? DirectDatabase { get; init; }

    /// <summary>The platform's own host names, which no tenant can take; in lower case.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>For development alone: what is sent to URLs of others may go to this machine, and over http.</summary>
    public bool SendsAnywhere { get; init; }

    /// <summary>The broker that the feed is handed on to; null for none.</summary>
    public BrokerSettings? Broker { get; init; }

    /// <summary>How mail and SMS leave; what is null goes to files.</summary>
    public PostSettings Post { get; init; } = new(null, null);

    /// <summary>Whether a private cluster would be made anew.</summary>
    public bool IsNewHere => Database is null && !System.IO.Directory.Exists(Path.Combine(Directory, "postgres", "data"));

    /// <exception cref="BrokerSettingsException">The broker is not said as it must be.</exception>
    /// <exception cref="LedgerSettingsException">Something does not fit together.</exception>
    public static LedgerSettings FromEnvironment()
    {
        var directory = Read("LEDGER_DIRECTORY") ?? ".ledger";
        return new(
            Checked("LEDGER_DATABASE"), directory, Read("LEDGER_MASTER_KEY"),
            Read("LEDGER_MASTER_KEY_FILE") ?? Path.Combine(directory, "master.key"),
            Read("LEDGER_WORKERS") is not ("off" or "0" or "false"))
        {
            DirectDatabase = Checked("LEDGER_DATABASE_DIRECT"),
            Hosts = [.. (Read("LEDGER_HOSTS") ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            SendsAnywhere = Read("LEDGER_OUTGOING") is "development",
            Broker = Read("LEDGER_BROKER") is { } broker ? BrokerSettings.Of(broker, Read("LEDGER_BROKER_EXCHANGE")) : null,
            Post = PostEnvironment.Read(Read),
        };
    }

    /// <summary>What is no connection string is said to be none here; what it says may be secret.</summary>
    private static string? Checked(string name)
    {
        if (Read(name) is not { } text) return null;
        try
        {
            if (new Npgsql.NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 }) return text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException) { }

        throw new LedgerSettingsException($"{name} is no connection string such as Host=db;Username=ledger;Database=ledger.");
    }

    /// <summary>The master keys, from where they are kept.</summary>
    /// <exception cref="MasterKeyException">There is something else.</exception>
    public MasterKeys MasterKeys() =>
        MasterKey is { } text ? EventStore.PersonalData.MasterKeys.FromText(text) : EventStore.PersonalData.MasterKeys.FromFile(MasterKeyFile);

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
