using Ledger.Domain.PublicEvents;

namespace Ledger.Domain.Webhooks;

/// <summary>What an endpoint is sent, and how.</summary>
/// <param name="Events">Public names; empty for all.</param>
/// <param name="RetryWaits">Seconds from each failed attempt to the next; after the last, the delivery is given up.</param>
/// <param name="Concurrency">How many may be under way at once, of one process or of many.</param>
/// <param name="PerSecond">How many may begin in a second.</param>
public sealed record WebhookSettings(
    IReadOnlyList<string> Events, WebhookFormat Format, IReadOnlyList<int> RetryWaits, int Concurrency, int PerSecond, string? Description = null)
{
    public const int EventsMax = 100, WaitsMax = 20, WaitMin = 1, WaitMax = 86_400, ConcurrencyMax = 50, PerSecondMax = 1000;

    public const int ConcurrencyUsual = 5, PerSecondUsual = 100;

    /// <summary>Ten attempts over a little more than three days.</summary>
    public static IReadOnlyList<int> UsualWaits { get; } = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];

    /// <summary>Six attempts within 15 hours, as merchants of payment gateways know them.</summary>
    public static IReadOnlyList<int> GatewayWaits { get; } = [60, 300, 1800, 7200, 43_200];

    /// <summary>What the merchants of a payment gateway are told of.</summary>
    public static IReadOnlyList<string> GatewayEvents { get; } = [PublicNames.PaymentAuthorized, PublicNames.PaymentFailed, PublicNames.PaymentRefunded];

    /// <summary>As it is where nobody says otherwise.</summary>
    public static WebhookSettings Of(WebhookFormat format, IReadOnlyList<string>? events = null) => format is WebhookFormat.Gateway
        ? new(events ?? GatewayEvents, format, GatewayWaits, ConcurrencyUsual, PerSecondUsual)
        : new(events ?? [], format, UsualWaits, ConcurrencyUsual, PerSecondUsual);

    public bool Wants(string name) =>
        (Events.Count == 0 || Events.Contains(name)) && (Format is not WebhookFormat.Gateway || name.StartsWith("payment.", StringComparison.Ordinal));

    /// <summary>The same, in whatever order.</summary>
    public bool IsSame(WebhookSettings other) =>
        this with { Events = [], RetryWaits = [] } == other with { Events = [], RetryWaits = [] }
        && Events.Order(StringComparer.Ordinal).SequenceEqual(other.Events.Order(StringComparer.Ordinal)) && RetryWaits.SequenceEqual(other.RetryWaits);
}

/// <summary>What the body of a webhook has in it.</summary>
public enum WebhookFormat
{
    /// <summary>The event, with all that its schema says.</summary>
    Full,

    /// <summary>The event, with the id of what it happened to and no more.</summary>
    Thin,

    /// <summary>Seven fields about a payment, as merchants of payment gateways know them.</summary>
    Gateway,
}
