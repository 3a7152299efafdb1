using System.Net.Http.Headers;
using System.Text.Json;
using Ledger.Domain.Tenancy;
using Ledger.Gateways.Payments;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Ledger.Api.InboundWebhooks;

/// <summary>Posts what the sandbox provider has to tell to this very server, signed, over HTTP: as a provider does from outside.</summary>
/// <remarks>It is posted a few times until it is received. What is lost even so is found by asking the provider.</remarks>
internal sealed class SandboxWebhooks(IServer server, WebhookSecrets secrets, IClock clock) : IDisposable
{
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400), TimeSpan.FromSeconds(1.5)];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <param name="id">What the event is called: the same for the same event.</param>
    /// <param name="subject">What it happened to, in the provider's words.</param>
    /// <returns>Whether it was received.</returns>
    public async Task<bool> Post(TenantId tenant, string id, string type, object subject, CancellationToken ct)
    {
        if (await secrets.Of(tenant, "sandbox", ct) is not { } secret || Address() is not { } address) return false;
        var now = clock.GetCurrentInstant().ToUnixTimeSeconds();
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { id, @object = "event", type, created = now, livemode = false, data = new { @object = subject } }, LedgerJson.Options);
        var uri = new Uri(address, $"/api/v1/inbound-webhooks/payments/sandbox?tenant={tenant}");
        foreach (var wait in Waits)
        {
            if (await Received(uri, secret, now, body, ct)) return true;
            await Task.Delay(wait, ct);
        }

        return await Received(uri, secret, now, body, ct);
    }

    private async Task<bool> Received(Uri uri, string secret, long now, byte[] body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        _ = request.Headers.TryAddWithoutValidation(WebhookSignature.Header, WebhookSignature.Sign(secret, now, body));
        try
        {
            using var answer = await http.SendAsync(request, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) { return false; }
        catch (TaskCanceledException) when (!ct.IsCancellationRequested) { return false; }
    }

    public void Dispose() => http.Dispose();

    /// <summary>Where this server listens, as seen from this machine. Never what a request says of it.</summary>
    private Uri? Address()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address) return null;
        foreach (var any in new[] { "//+", "//*", "//0.0.0.0", "//[::]" }) address = address.Replace(any, "//127.0.0.1", StringComparison.Ordinal);
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri : null;
    }
}
