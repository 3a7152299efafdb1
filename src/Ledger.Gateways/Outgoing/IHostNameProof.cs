using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Ledger.Gateways.Outgoing;

/// <summary>Whether a host name is theirs who want it: they show it by a record that only its owner can put into the DNS.</summary>
public interface IHostNameProof
{
    /// <summary>False also where nobody answers: a name that cannot be looked up is not taken.</summary>
    Task<bool> IsProved(string hostName, string tenant, CancellationToken ct);
}

/// <summary>The record that proves a host name.</summary>
public static class HostNameRecord
{
    /// <summary>Where it stands: a TXT record of this name.</summary>
    public static string NameFor(string hostName) => $"_ledger.{hostName}";

    /// <summary>What it says.</summary>
    public static string TextFor(string tenant) => $"ledger-tenant={tenant}";
}

/// <summary>Asks the DNS.</summary>
/// <param name="server">Which server; null for those of this machine.</param>
public sealed class DnsHostNameProof(IPEndPoint? server = null) : IHostNameProof
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lazy<LookupClient> dns = new(() =>
    {
        var options = server is null ? new LookupClientOptions() : new LookupClientOptions(server);
        (options.Timeout, options.Retries, options.UseCache) = (Patience, 1, false);
        return new(options);
    });

    public async Task<bool> IsProved(string hostName, string tenant, CancellationToken ct)
    {
        try
        {
            var answer = await dns.Value.QueryAsync(HostNameRecord.NameFor(hostName), QueryType.TXT, cancellationToken: ct);
            return answer.Answers.OfType<TxtRecord>().Any(record => string.Concat(record.Text) == HostNameRecord.TextFor(tenant));
        }
        catch (DnsResponseException) { return false; }
    }
}

/// <summary>For development alone, where there is no DNS: every name is believed.</summary>
public sealed class EveryHostNameProof : IHostNameProof
{
    public Task<bool> IsProved(string hostName, string tenant, CancellationToken ct) => Task.FromResult(true);
}
