using NodaTime;

namespace Ledger.Gateways.Brokers;

/// <summary>A message broker that public events are handed on to.</summary>
public interface IEventBroker : IAsyncDisposable
{
    /// <summary>Where it is; nothing of how one is let in.</summary>
    string Place { get; }

    /// <summary>Hands on messages, in this order. When it returns, the broker has all of them for good.</summary>
    /// <remarks>One call at a time. No order is promised for what of a call survives when the broker falls: hand on no two of one subject.</remarks>
    /// <exception cref="BrokerAwayException">Some, all or none of them arrived. To be handed on again, all of them.</exception>
    Task Publish(IReadOnlyList<BrokerMessage> messages, CancellationToken ct);
}

/// <summary>A public event on its way to a broker.</summary>
/// <param name="Id">Names it for ever: the same event has the same, however often it comes.</param>
/// <param name="Type">Its public name.</param>
/// <param name="Subject">What it happened to: those of one subject are to stay in order.</param>
/// <param name="Position">Its place in the log.</param>
/// <param name="Part">Which of those that come of one position, from 1.</param>
/// <param name="At">When it was true, by the tenant's clock.</param>
/// <param name="Body">As in the feed, in JSON.</param>
public sealed record BrokerMessage(Guid Id, string Tenant, string Type, Guid Subject, long Position, int Part, Instant At, ReadOnlyMemory<byte> Body);

/// <summary>The broker cannot be reached, or does not take what it is given. The message says why, and nothing that is secret.</summary>
public sealed class BrokerAwayException(string message, Exception? cause = null) : Exception(message, cause);
