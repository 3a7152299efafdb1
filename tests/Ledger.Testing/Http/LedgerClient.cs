using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Ledger.Testing.Http;

/// <summary>A caller of the API, as any other: it reads behind none of its own writes.</summary>
public sealed class LedgerClient(Uri address, string? key)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
    private long position;

    /// <summary>What it shows; null for nothing.</summary>
    public string? Bearer => key;

    /// <summary>Whether it is a key, and not a token, that it shows.</summary>
    public bool IsKey => key is not null && !key.Contains('.', StringComparison.Ordinal);

    /// <summary>The same caller at another process of the same ledger; it reads behind nothing that was done up to now.</summary>
    public LedgerClient At(Uri other) => new(other, key) { position = position };

    public Task<LedgerAnswer> Get(string path) => Send(HttpMethod.Get, path, null);

    /// <summary>The text of an answer as a table.</summary>
    public async Task<string> GetCsv(string path) => (await Send(HttpMethod.Get, path, null, accept: "text/csv")).Is(200).Text;

    /// <param name="idempotencyKey">Null for a fresh one.</param>
    public Task<LedgerAnswer> Post(string path, object? body = null, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, path, body, idempotencyKey ?? Guid.NewGuid().ToString());

    public Task<LedgerAnswer> Put(string path, object body) => Send(HttpMethod.Put, path, body);
    public Task<LedgerAnswer> Patch(string path, object body, string? ifMatch = null) => Send(HttpMethod.Patch, path, body, ifMatch: ifMatch);
    public Task<LedgerAnswer> Delete(string path) => Send(HttpMethod.Delete, path, null);

    /// <summary>A file in a form, with what it is said to be.</summary>
    public Task<LedgerAnswer> Upload(string path, byte[] file, string contentType = "image/png", string fileName = "logo.png")
    {
        var part = new ByteArrayContent(file) { Headers = { ContentType = new(contentType) } };
        return Send(HttpMethod.Post, path, new MultipartFormDataContent { { part, "file", fileName } });
    }

    /// <param name="body">An object; text or content to be sent as it is.</param>
    public async Task<LedgerAnswer> Send(HttpMethod method, string path, object? body, string? idempotencyKey = null, string? ifMatch = null, string? contentType = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, $"/api/v1{path}"));
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        if (idempotencyKey is { Length: > 0 }) _ = request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        if (accept is not null) request.Headers.Add("Accept", accept);
        if (ifMatch is not null) _ = request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (method == HttpMethod.Get && position > 0) request.Headers.Add("Ledger-Min-Position", position.ToString(CultureInfo.InvariantCulture));
        if (body is HttpContent content) request.Content = content;
        else if (body is not null)
        {
            var text = body as string ?? JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(body))!.ToJsonString();
            request.Content = new StringContent(text, Encoding.UTF8, new MediaTypeHeaderValue(contentType ?? "application/json"));
        }

        using var response = await Http.SendAsync(request);
        var isWrite = method != HttpMethod.Get && method != HttpMethod.Head && key is not null && !path.StartsWith("/auth/", StringComparison.Ordinal);
        if (isWrite && response.IsSuccessStatusCode && !response.Headers.Contains("Ledger-Position"))
            throw new Shouldly.ShouldAssertException($"{method} {path} was answered {(int)response.StatusCode} without Ledger-Position.");
        if (response.Headers.TryGetValues("Ledger-Position", out var values))
            position = Math.Max(position, long.Parse(values.First(), CultureInfo.InvariantCulture));
        return new(
            (int)response.StatusCode, await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(one => one.Key, one => string.Join(", ", one.Value), StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>What came back.</summary>
public sealed record LedgerAnswer(int Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The code of a problem; null for anything else.</summary>
    public string? Code => !Text.StartsWith('{') ? null : Json["code"]?.GetValue<string>();

    public string Id => Json["id"]!.GetValue<string>();

    /// <summary>The answer, if it has this status.</summary>
    public LedgerAnswer Is(int status) =>
        Status == status ? this : throw new Shouldly.ShouldAssertException($"Expected {status}, got {Status}: {Text}");

    /// <summary>The problem, if it is this one.</summary>
    public LedgerAnswer Refuses(int status, string code) =>
        Status == status && Code == code ? this : throw new Shouldly.ShouldAssertException($"Expected {status} {code}, got {Status}: {Text}");
}
