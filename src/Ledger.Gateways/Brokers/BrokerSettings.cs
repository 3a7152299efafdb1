namespace Ledger.Gateways.Brokers;

/// <summary>Which broker the feed is handed on to.</summary>
/// <param name="Address">With the login in it: never to be shown.</param>
/// <param name="Exchange">What it is handed to there.</param>
public sealed record BrokerSettings(Uri Address, string Exchange)
{
    public const string UsualExchange = "ledger.events";

    /// <param name="address">As in <c>amqps://login:password@host:5671/vhost</c>.</param>
    /// <param name="exchange">Null for the usual one.</param>
    /// <exception cref="BrokerSettingsException">There is no broker of this kind.</exception>
    public static BrokerSettings Of(string address, string? exchange) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && RabbitBroker.Takes(uri)
            ? new(uri, exchange ?? UsualExchange)
            : throw new BrokerSettingsException("LEDGER_BROKER is not the address of a broker: amqp://login:password@host:5672/vhost, or amqps://.");

    /// <summary>The one place where a kind of broker is chosen.</summary>
    public IEventBroker Open() => new RabbitBroker(this);

    /// <summary>Never the address: it has a password in it.</summary>
    public override string ToString() => $"{Address.Scheme}://{Address.Authority}";
}

/// <summary>The broker is not said as it must be. The message is for whoever starts the program.</summary>
public sealed class BrokerSettingsException(string message) : Exception(message);
