using Ledger.Domain.PublicEvents;
using Ledger.Domain.Webhooks;
using Ledger.Gateways.Outgoing;
using Ledger.Gateways.Webhooks;

namespace Ledger.Api.Webhooks;

/// <summary>An endpoint as wished for. Of a change, what is absent stays.</summary>
/// <param name="Url">An https address that is open to everybody.</param>
/// <param name="Events">What it is told of, by public names; absent or empty for all.</param>
/// <param name="Format">What bodies have in them: <c>full</c>, <c>thin</c>, or the seven fields of a payment <c>gateway</c>.</param>
/// <param name="Secret">Signs what is sent; absent for one that is made and shown once. Cannot be changed here.</param>
/// <param name="RetryWaits">Seconds from each failed attempt to the next; absent for what is usual.</param>
/// <param name="Concurrency">How many may be under way at once.</param>
/// <param name="PerSecond">How many may begin in a second.</param>
internal sealed record WebhookEndpointRequest(
    Uri? Url = null, IReadOnlyList<string>? Events = null, WebhookFormat? Format = null, string? Secret = null, IReadOnlyList<int>? RetryWaits = null,
    int? Concurrency = null, int? PerSecond = null, string? Description = null)
{
    private const int SecretMax = 200;

    internal WebhookSettings Settings()
    {
        var usual = WebhookSettings.Of(Format ?? WebhookFormat.Full, Events is { Count: > 0 } ? Events : null);
        return usual with
        {
            RetryWaits = RetryWaits ?? usual.RetryWaits, Concurrency = Concurrency ?? usual.Concurrency, PerSecond = PerSecond ?? usual.PerSecond,
            Description = Description,
        };
    }

    internal ChangeWebhookEndpoint ToChange(WebhookEndpointId id) => new(id, Url, Events, Format, RetryWaits, Concurrency, PerSecond, Description);

    /// <exception cref="ProblemException">Something in it is wrong, or nothing may be sent there.</exception>
    internal void OrRefuse(OutgoingOptions outgoing, bool isNew)
    {
        new Check()
            .And(!isNew || Url is not null, "/url", "required", "Where to send to.")
            .And(Events is null or { Count: <= WebhookSettings.EventsMax }, "/events", "too_many", $"At most {WebhookSettings.EventsMax}.")
            .And(Events?.All(name => name is not null && PublicNames.Has(name)) != false, "/events", "unknown_value", $"Of: {string.Join(", ", PublicNames.All)}.")
            .And(Format is not WebhookFormat.Gateway || Events?.All(name => name?.StartsWith("payment.", StringComparison.Ordinal) == true) != false, "/events", "not_a_payment", "The gateway format has words for payments alone.")
            .And(isNew || Secret is null, "/secret", "not_changed", "Rotate the secret instead.")
            .And(Secret is null || (Secret.Length <= SecretMax && StandardWebhook.IsSecret(Secret)), "/secret", "not_a_secret", $"whsec_ and a key in Base64 with its padding, {SecretMax} characters at most.")
            .And(RetryWaits is null or { Count: <= WebhookSettings.WaitsMax }, "/retry_waits", "too_many", $"At most {WebhookSettings.WaitsMax}.")
            .And(RetryWaits?.All(wait => wait is >= WebhookSettings.WaitMin and <= WebhookSettings.WaitMax) != false, "/retry_waits", "out_of_range", $"From {WebhookSettings.WaitMin} to {WebhookSettings.WaitMax} seconds each.")
            .And(Concurrency is null or (>= 1 and <= WebhookSettings.ConcurrencyMax), "/concurrency", "out_of_range", $"From 1 to {WebhookSettings.ConcurrencyMax}.")
            .And(PerSecond is null or (>= 1 and <= WebhookSettings.PerSecondMax), "/per_second", "out_of_range", $"From 1 to {WebhookSettings.PerSecondMax}.")
            .Text(Description, "/description", 200).OrRefuse();
        OrRefuse(Url, outgoing);
    }

    /// <exception cref="ProblemException">Nothing may be sent there, from how it looks; where its name leads is looked at whenever something is sent.</exception>
    internal static void OrRefuse(Uri? url, OutgoingOptions outgoing)
    {
        if (url is not null && new OutgoingUrls(outgoing).Check(url) is { } code) throw new ProblemException(Problem.Of(WebhookRejections.UrlNotAllowed.With($"The reason is {code}.")));
    }

    /// <summary>Says nothing of the secret, so that a log line or an exception cannot leak it.</summary>
    public override string ToString() => $"(endpoint at {Url?.Host})";
}
