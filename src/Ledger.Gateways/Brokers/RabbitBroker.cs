using System.Globalization;
using System.Net.Sockets;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Ledger.Gateways.Brokers;

/// <summary>RabbitMQ: a durable topic exchange, persistent messages, and the broker's confirmation of each.</summary>
/// <remarks>
/// The routing key is the tenant's id and the event's name, as in <c>0190….payment.succeeded</c>. What no queue is bound for the
/// broker drops, as of any exchange. A connection that failed is not mended: the next call makes another.
/// </remarks>
public sealed class RabbitBroker(BrokerSettings settings) : IEventBroker
{
    /// <summary>How long the confirmations of one call may take: a broker that is out of memory or disk takes nothing, and does not say so.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10), ConnectsWithin = TimeSpan.FromSeconds(5);
    private IConnection? connection;
    private IChannel? channel;

    /// <summary>Whether it is an address of RabbitMQ, all of which can be understood.</summary>
    public static bool Takes(Uri address)
    {
        if (address is not { Scheme: "amqp" or "amqps", Host.Length: > 0 }) return false;
        try { return new ConnectionFactory { Uri = address } is not null; }
        catch (ArgumentException) { return false; }   // It would say the password.
    }

    public string Place => settings.ToString();

    public async Task Publish(IReadOnlyList<BrokerMessage> messages, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            var open = channel is { IsOpen: true } ready ? ready : await Connect(limit.Token);
            await Task.WhenAll(messages.Select(one => Send(open, one, limit.Token)).ToList());
        }
        catch (Exception e) when (!ct.IsCancellationRequested && IsAway(e))
        {
            await Close();
            throw new BrokerAwayException($"{Place}: {Reason(e)}", e);
        }
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task<IChannel> Connect(CancellationToken ct)
    {
        await Close();
        var factory = new ConnectionFactory
        {
            Uri = settings.Address, ClientProvidedName = "ledger", AutomaticRecoveryEnabled = false, TopologyRecoveryEnabled = false,
            RequestedHeartbeat = Heartbeat, RequestedConnectionTimeout = ConnectsWithin,
        };
        connection = await factory.CreateConnectionAsync(ct);
        var open = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null), ct);
        await open.ExchangeDeclareAsync(settings.Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: ct);
        return channel = open;
    }

    private async Task Send(IChannel open, BrokerMessage one, CancellationToken ct)
    {
        var properties = new BasicProperties
        {
            MessageId = one.Id.ToString(), Type = one.Type, ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new(one.At.ToUnixTimeSeconds()), AppId = "ledger",
            Headers = new Dictionary<string, object?>
            {
                ["ledger-tenant"] = one.Tenant, ["ledger-subject"] = one.Subject.ToString(), ["ledger-position"] = one.Position, ["ledger-part"] = one.Part,
            },
        };
        await open.BasicPublishAsync(settings.Exchange, $"{one.Tenant}.{one.Type}", mandatory: false, properties, one.Body, ct);
    }

    private async Task Close()
    {
        var (before, on) = (channel, connection);
        (channel, connection) = (null, null);
        try
        {
            if (before is not null) await before.DisposeAsync();
            if (on is not null) await on.DisposeAsync();
        }
        catch (Exception e) when (IsAway(e)) { }   // It was gone before.
    }

    private static bool IsAway(Exception e) =>
        e is RabbitMQClientException or IOException or SocketException or OperationCanceledException or ObjectDisposedException or TimeoutException or System.Security.Authentication.AuthenticationException;

    private static string Reason(Exception e) => e switch
    {
        OperationCanceledException => string.Create(CultureInfo.InvariantCulture, $"nothing was confirmed within {Patience.TotalSeconds} seconds"),
        BrokerUnreachableException { InnerException: AuthenticationFailureException or PossibleAuthenticationFailureException } => "the login is refused",
        BrokerUnreachableException => "it cannot be reached",
        OperationInterruptedException { ShutdownReason: { Initiator: ShutdownInitiator.Peer } shut } => string.Create(CultureInfo.InvariantCulture, $"{shut.ReplyCode} {shut.ReplyText}"),
        PublishException => "it refused a message",
        _ => "the connection broke",
    };
}
