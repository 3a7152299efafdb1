using Ledger.Domain.Tenancy;

namespace Ledger.Api.Tenancy;

public sealed record ProviderConfigsResponse(IReadOnlyList<ProviderConfigResponse> Data);

/// <param name="Secrets">Those that are set.</param>
public sealed record ProviderConfigResponse(ProviderName Provider, IReadOnlyList<SecretResponse> Secrets)
{
    internal static ProviderConfigResponse From(ProviderName provider, ProviderSecrets secrets)
    {
        var all = new List<SecretResponse>();
        if (secrets.ApiKey is { } key) all.Add(SecretResponse.Of("api_key", key));
        if (secrets.WebhookSecret is { } webhook) all.Add(SecretResponse.Of("webhook_secret", webhook));
        foreach (var (name, text) in secrets.Others ?? new Dictionary<string, string>()) all.Add(SecretResponse.Of(name, text));
        return new(provider, all);
    }
}

/// <param name="LastFour">By which people know it; absent where it has 12 characters or fewer.</param>
public sealed record SecretResponse(string Name, string? LastFour)
{
    private const int ShownAbove = 12;

    internal static SecretResponse Of(string name, string text) => new(name, text.Length > ShownAbove ? text[^4..] : null);
}
