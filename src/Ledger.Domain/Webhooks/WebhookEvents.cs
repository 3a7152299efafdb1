namespace Ledger.Domain.Webhooks;

/// <summary>What can happen to a webhook endpoint. Stored forever: add cases, never edit them.</summary>
/// <remarks>What was sent there, and how it went, is no billing fact and stands beside the log.</remarks>
public abstract record WebhookEndpointEvent : IEvent
{
    private protected WebhookEndpointEvent() { }
}

/// <param name="Secret">By which what is sent is signed, sealed under the tenant's own key.</param>
public sealed record WebhookEndpointRegistered(WebhookEndpointId Id, Uri Url, WebhookSettings Settings, Personal<WebhookSecret> Secret) : WebhookEndpointEvent;

/// <summary>All that is wanted from now on, changed or not.</summary>
public sealed record WebhookEndpointChanged(WebhookEndpointId Id, Uri Url, WebhookSettings Settings) : WebhookEndpointEvent;

/// <param name="PreviousUntil">Until when the secret before signs as well, by the tenant's clock.</param>
public sealed record WebhookSecretRotated(WebhookEndpointId Id, Personal<WebhookSecret> Secret, Instant PreviousUntil) : WebhookEndpointEvent;

/// <summary>What happens is kept for it, and sent when it is resumed.</summary>
public sealed record WebhookEndpointPaused(WebhookEndpointId Id) : WebhookEndpointEvent;

/// <summary>It is sent to again, after a pause or after it was given up.</summary>
public sealed record WebhookEndpointResumed(WebhookEndpointId Id) : WebhookEndpointEvent;

/// <summary>It was given up. Nothing is kept for it until it is resumed; what it missed can be asked for.</summary>
public sealed record WebhookEndpointDisabled(WebhookEndpointId Id, WebhookFault Reason) : WebhookEndpointEvent;

public sealed record WebhookEndpointRemoved(WebhookEndpointId Id) : WebhookEndpointEvent;

/// <summary>Why an endpoint is given up.</summary>
public enum WebhookFault
{
    /// <summary>It has answered 410: nobody is there any more.</summary>
    Gone,

    /// <summary>Nothing has arrived for days.</summary>
    FailedTooLong,
}

/// <summary>Signs what is sent to an endpoint.</summary>
public sealed record WebhookSecret(string Text)
{
    /// <summary>Says nothing, so that a log line or an exception cannot leak it.</summary>
    public override string ToString() => "(secret)";
}
