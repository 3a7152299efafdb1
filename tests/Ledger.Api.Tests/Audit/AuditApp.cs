using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Api.Audit;
using Ledger.Domain.Tenancy;
using Ledger.EventStore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Ledger.Api.Tests.Audit;

/// <summary>Reads the trail as a test needs it: after all that was to be written beside it has been.</summary>
internal static class AuditApp
{
    private static readonly HttpClient Http = new();

    public static async Task<List<JsonNode>> Trail(this SharedApp shared, TestTenant tenant, string query = "")
    {
        await shared.Flushed();
        return [.. (await tenant.Admin.Get($"/audit-logs?{query}")).Is(200).Json["data"]!.AsArray().Select(one => one!)];
    }

    public static Task Flushed(this SharedApp shared) => shared.App.Services.GetRequiredService<AuditRecorder>().Flushed();

    public static string? Text(this JsonNode entry, string name) => entry[name]?.ToString();

    public static CommandContext ContextOf(TestTenant tenant) => new(tenant.Name, "test", "test", SystemClock.Instance.GetCurrentInstant());

    /// <summary>A key whose text the test knows.</summary>
    public static async Task<(string Key, ApiKeyId Id)> NewKey(this SharedApp shared, TestTenant tenant, ApiKeyRole role)
    {
        var (text, id) = ($"lk_test_{Guid.NewGuid():N}{Guid.NewGuid():N}", new ApiKeyId(Guid.CreateVersion7()));
        var issue = new IssueApiKey(id, tenant.Id, "x", text[..12], Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), role);
        _ = await shared.App.Services.GetRequiredService<CommandHandler>().Handle(issue, ContextOf(tenant), CancellationToken.None);
        return (text, id);
    }

    /// <summary>A request with headers of its own.</summary>
    public static async Task<(int Status, string Text)> Send(this SharedApp shared, HttpMethod method, string path, string? key, string? userAgent = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(shared.App.Address, $"/api/v1{path}"));
        if (key is not null) request.Headers.Authorization = new("Bearer", key);
        if (userAgent is not null) _ = request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (accept is not null) _ = request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
