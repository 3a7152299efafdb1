using System.Text.RegularExpressions;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Tenancy;

/// <param name="Others">Further secrets by name, at most 20.</param>
internal sealed partial record ProviderConfigRequest(string? ApiKey = null, string? WebhookSecret = null, IReadOnlyDictionary<string, string>? Others = null)
{
    private const int LengthMax = 4000, OthersMax = 20;

    /// <summary>In an order that does not depend on the one they were sent in.</summary>
    public ProviderSecrets Secrets => new(ApiKey, WebhookSecret, Others is not { Count: > 0 } ? null
        : new SortedDictionary<string, string>(Others.ToDictionary(), StringComparer.Ordinal));

    public void OrRefuse() => new Check()
        .And(ApiKey is not null || WebhookSecret is not null || Others is { Count: > 0 }, "", "nothing_set", "One secret at least.")
        .And(ApiKey is null || Fits(ApiKey), "/api_key", "text_length", $"From 1 to {LengthMax} characters.")
        .And(WebhookSecret is null || Fits(WebhookSecret), "/webhook_secret", "text_length", $"From 1 to {LengthMax} characters.")
        .And(Others is null or { Count: <= OthersMax }, "/others", "too_many", $"At most {OthersMax}.")
        .And(Others?.Keys.All(name => Name().IsMatch(name) && name is not ("api_key" or "webhook_secret")) != false, "/others", "not_a_name", "Names as merchant_id, of at most 60 characters.")
        .And(Others?.Values.All(Fits) != false, "/others", "text_length", $"From 1 to {LengthMax} characters each.").OrRefuse();

    /// <summary>Says nothing, so that a log line or an exception cannot leak it.</summary>
    public override string ToString() => "(secret)";

    private static bool Fits(string? text) => text is { Length: >= 1 and <= LengthMax };

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,59}\z")]
    private static partial Regex Name();
}
