using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ledger.Testing.Http;

/// <summary>Somebody at a browser of a tenant's: with an address of their own, the tenant's host name, and cookies.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient http;
    private readonly Uri address;

    /// <param name="tenant">Null for the platform.</param>
    public Browser(Uri address, string? tenant)
    {
        (this.address, Host) = (address, tenant is null ? "localhost" : $"{tenant}.localhost");
        var from = new IPAddress([127, .. RandomNumberGenerator.GetBytes(2), 7]);   // A caller's limits are by address.
        http = new(new SocketsHttpHandler
        {
            UseCookies = false, AllowAutoRedirect = false,
            ConnectCallback = async (context, ct) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }

    /// <summary>The name under which Ledger is asked.</summary>
    public string Host { get; set; }

    /// <summary>The refresh cookie as it was set last; null when there is none.</summary>
    public string? Cookie { get; set; }

    /// <summary>The access token as it was given last.</summary>
    public string? Token { get; set; }

    public string? CsrfToken { get; set; }

    public Task<LedgerAnswer> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<LedgerAnswer> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    /// <summary>Logs in, and keeps what it was given.</summary>
    public async Task<LedgerAnswer> LogIn(object request)
    {
        var answer = await Post("/auth/sessions", request);
        if (answer.Status == 201) CsrfToken = (await Get("/auth/csrf-token")).Json["csrf_token"]!.GetValue<string>();
        return answer;
    }

    public async Task<LedgerAnswer> Send(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path.StartsWith("/.", StringComparison.Ordinal) ? path : $"/api/v1{path}"));
        request.Headers.Host = Host;
        if (Token is not null) _ = request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        if (Cookie is not null) _ = request.Headers.TryAddWithoutValidation("Cookie", $"ledger_refresh={Cookie}");
        if (CsrfToken is not null) _ = request.Headers.TryAddWithoutValidation("X-CSRF-Token", CsrfToken);
        _ = request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString());
        if (body is not null) request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = new LedgerAnswer((int)response.StatusCode, text,
            response.Headers.Concat(response.Content.Headers).ToDictionary(one => one.Key, one => string.Join(", ", one.Value), StringComparer.OrdinalIgnoreCase));
        if (answer.Headers.TryGetValue("Set-Cookie", out var set))
        {
            var value = set.Split(';')[0].Split('=', 2)[1];
            Cookie = value.Length == 0 ? null : value;
        }

        if (answer.Status < 300 && text.StartsWith('{') && JsonNode.Parse(text)!["access_token"] is { } token) Token = token.GetValue<string>();
        return answer;
    }

    /// <summary>The same person at a program that sends the token alone.</summary>
    public LedgerClient AsClient() => new(address, Token);

    public void Dispose() => http.Dispose();
}
