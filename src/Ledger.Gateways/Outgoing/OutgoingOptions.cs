using System.Net;

namespace Ledger.Gateways.Outgoing;

/// <summary>How far a request may go whose address somebody else has written.</summary>
public sealed record OutgoingOptions
{
    /// <summary>Ports beside 443.</summary>
    public IReadOnlyCollection<int> MorePorts { get; init; } = [];

    /// <summary>For development alone: http beside https, and addresses that are not public.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>For the whole of a request, from the host's address to the last byte of the answer.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer's body.</summary>
    public int AnswerMax { get; init; } = 256 * 1024;

    /// <summary>Whether an answer that is longer, or comes slower, is cut off instead of refused: for whoever only wants to know its status.</summary>
    public bool CutsAnswers { get; init; }

    /// <summary>From a host to its addresses; otherwise the system's.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;
}

/// <summary>A request that was not made, or an answer that was not read to its end: it would have been unsafe.</summary>
/// <param name="code">Why, for programs: <c>url_not_https</c>, <c>url_address_not_public</c> and the like.</param>
public sealed class OutgoingRefusedException(string code) : Exception($"A request to an address from outside was refused: {code}.")
{
    public string Code => code;
}
