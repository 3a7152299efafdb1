namespace Ledger.Domain.Webhooks;

/// <summary>Change where and what is sent; what is null stays. What waits already goes to the new place. The same again changes nothing.</summary>
/// <remarks>Refuses with <c>webhook_endpoint_not_found</c>.</remarks>
public sealed record ChangeWebhookEndpoint(
    WebhookEndpointId Id, Uri? Url = null, IReadOnlyList<string>? Events = null, WebhookFormat? Format = null, IReadOnlyList<int>? RetryWaits = null,
    int? Concurrency = null, int? PerSecond = null, string? Description = null) : WebhookEndpointCommand(Id)
{
    protected override Decision<WebhookEndpointEvent> Decide(WebhookEndpoint.Known state)
    {
        var before = state.Settings;
        var (url, settings) = (Url ?? state.Url, new WebhookSettings(
            Events ?? before.Events, Format ?? before.Format, RetryWaits ?? before.RetryWaits, Concurrency ?? before.Concurrency,
            PerSecond ?? before.PerSecond, Description ?? before.Description));
        return url == state.Url && settings.IsSame(before) ? [] : [new WebhookEndpointChanged(Id, url, settings)];
    }
}
