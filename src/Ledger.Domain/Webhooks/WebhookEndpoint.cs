namespace Ledger.Domain.Webhooks;

public enum WebhookEndpointStatus { Active, Paused, Disabled, Removed }

/// <summary>An endpoint, as it is now.</summary>
public abstract record WebhookEndpoint : IState<WebhookEndpoint, WebhookEndpointEvent>
{
    private WebhookEndpoint() { }

    public sealed record Unknown : WebhookEndpoint;

    /// <param name="Previous">The secret before, which signs as well until <paramref name="PreviousUntil"/>; null for none.</param>
    public sealed record Known(
        WebhookEndpointId Id, Uri Url, WebhookSettings Settings, WebhookEndpointStatus Status, Personal<WebhookSecret> Secret,
        Personal<WebhookSecret>? Previous, Instant? PreviousUntil, WebhookFault? Fault) : WebhookEndpoint
    {
        public bool IsRemoved => Status is WebhookEndpointStatus.Removed;
    }

    public static WebhookEndpoint Initial { get; } = new Unknown();

    public static WebhookEndpoint Evolve(WebhookEndpoint state, WebhookEndpointEvent @event) => @event switch
    {
        WebhookEndpointRegistered made => new Known(
            made.Id, made.Url, made.Settings, WebhookEndpointStatus.Active, made.Secret, Previous: null, PreviousUntil: null, Fault: null),
        WebhookEndpointChanged changed => (Known)state with { Url = changed.Url, Settings = changed.Settings },
        WebhookSecretRotated rotated => (Known)state with
        {
            Secret = rotated.Secret, Previous = ((Known)state).Secret, PreviousUntil = rotated.PreviousUntil,
        },
        WebhookEndpointPaused => (Known)state with { Status = WebhookEndpointStatus.Paused },
        WebhookEndpointResumed => (Known)state with { Status = WebhookEndpointStatus.Active, Fault = null },
        WebhookEndpointDisabled disabled => (Known)state with { Status = WebhookEndpointStatus.Disabled, Fault = disabled.Reason },
        WebhookEndpointRemoved => (Known)state with { Status = WebhookEndpointStatus.Removed },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" about webhooks that are sent.</summary>
public static class WebhookRejections
{
    public static readonly Rejection NotFound = new("webhook_endpoint_not_found", RejectionKind.NotFound, "No webhook endpoint has this id.");

    /// <summary>How many endpoints a tenant may have.</summary>
    public const int EndpointsMax = 50;

    public static readonly Rejection TooMany = new("too_many_webhook_endpoints", RejectionKind.Conflict, "A tenant has at most 50 webhook endpoints.");

    public static readonly Rejection DeliveryNotFound = new("webhook_delivery_not_found", RejectionKind.NotFound, "No delivery has this id, or it is kept no more.");

    public static readonly Rejection UrlNotAllowed = new("url_not_allowed", RejectionKind.Unprocessable, "Nothing is sent to this URL.");

    public static readonly Rejection NotActive = new("webhook_endpoint_not_active", RejectionKind.Conflict, "Nothing is sent to the endpoint now. Resume it first.");

    public static readonly Rejection Disabled = new("webhook_endpoint_disabled", RejectionKind.Conflict, "The endpoint was given up. Resume it first.");
}
