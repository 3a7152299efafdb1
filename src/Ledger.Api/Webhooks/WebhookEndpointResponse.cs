using Ledger.Domain.Webhooks;
using Ledger.Projections;
using Ledger.Projections.Webhooks;

namespace Ledger.Api.Webhooks;

/// <summary>An endpoint on the wire.</summary>
/// <param name="Events">Public names; empty for all.</param>
/// <param name="DisabledReason">Why it was given up; absent where it was not.</param>
/// <param name="PreviousSecretUntil">Until when the secret before signs as well; absent where none did.</param>
/// <param name="Secret">Only in the first answer, where it was made by Ledger.</param>
public sealed record WebhookEndpointResponse(
    WebhookEndpointId Id, string Url, WebhookEndpointStatus Status, IReadOnlyList<string> Events, WebhookFormat Format, IReadOnlyList<int> RetryWaits,
    int Concurrency, int PerSecond, string? Description, WebhookFault? DisabledReason, Instant? PreviousSecretUntil, string? Secret = null)
{
    internal static WebhookEndpointResponse From(WebhookEndpoint state)
    {
        var known = (WebhookEndpoint.Known)state;
        return From(known.Id, known.Url.ToString(), known.Settings, known.Status, known.Fault, known.PreviousUntil);
    }

    internal static WebhookEndpointResponse From(WebhookEndpointRow row) => From(
        new(row.Id), row.Url, Json.To<WebhookSettings>(row.Settings)!, Word<WebhookEndpointStatus>(row.Status),
        row.Fault is { } fault ? Word<WebhookFault>(fault) : null, row.PreviousSecretUntil);

    private static WebhookEndpointResponse From(
        WebhookEndpointId id, string url, WebhookSettings settings, WebhookEndpointStatus status, WebhookFault? fault, Instant? previousUntil) => new(
        id, url, status, settings.Events, settings.Format, settings.RetryWaits, settings.Concurrency, settings.PerSecond, settings.Description, fault, previousUntil);

    private static TEnum Word<TEnum>(string text) where TEnum : struct, Enum =>
        System.Text.Json.JsonSerializer.Deserialize<TEnum>($"\"{text}\"", LedgerJson.Options);
}
