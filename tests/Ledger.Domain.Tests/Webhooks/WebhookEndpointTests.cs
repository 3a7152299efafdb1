using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Webhooks.WebhookEndpoint, Ledger.Domain.Webhooks.WebhookEndpointEvent>;

namespace Ledger.Domain.Tests.Webhooks;

public class WebhookEndpointTests
{
    private static readonly WebhookEndpointId Id = WebhookEndpointId.From(Number(17));
    private static readonly Uri Url = new("https://shop.example.is/hook");
    private static readonly WebhookSettings Usual = WebhookSettings.Of(WebhookFormat.Full);
    private static readonly Instant Tomorrow = Instant.FromUtc(2025, 11, 2, 12, 0);
    private static readonly WebhookEndpointRegistered Registered = new(Id, Url, Usual, new("AQ=="));
    private static readonly WebhookEndpointPaused Paused = new(Id);
    private static readonly WebhookEndpointDisabled Disabled = new(Id, WebhookFault.Gone);
    private static readonly WebhookEndpointRemoved Removed = new(Id);

    [Fact]
    public void An_endpoint_is_registered_once() =>
        Given().When(new RegisterWebhookEndpoint(Id, Url, Usual, new("AQ=="))).Then(Registered);

    [Fact]
    public void Registered_again_nothing_changes() =>
        Given(Registered).When(new RegisterWebhookEndpoint(Id, new("https://other.example.is"), Usual, new("Ag=="))).ThenNothing();

    [Fact]
    public void What_is_not_said_stays() => Given(Registered).When(new ChangeWebhookEndpoint(Id, Events: ["order.paid"], Concurrency: 2))
        .Then(new WebhookEndpointChanged(Id, Url, Usual with { Events = ["order.paid"], Concurrency = 2 }));

    [Fact]
    public void The_same_in_another_order_changes_nothing() =>
        Given(Registered with { Settings = Usual with { Events = ["order.paid", "order.failed"] } })
            .When(new ChangeWebhookEndpoint(Id, Url, ["order.failed", "order.paid"])).ThenNothing();

    [Fact]
    public void A_secret_is_rotated() =>
        Given(Registered).When(new RotateWebhookSecret(Id, new("Ag=="), Tomorrow)).Then(new WebhookSecretRotated(Id, new("Ag=="), Tomorrow));

    [Fact]
    public void The_same_secret_again_changes_nothing() => Given(Registered).When(new RotateWebhookSecret(Id, new("AQ=="), Tomorrow)).ThenNothing();

    [Fact]
    public void The_secret_before_is_kept()
    {
        var state = (WebhookEndpoint.Known)WebhookEndpoint.Evolve(WebhookEndpoint.Evolve(WebhookEndpoint.Initial, Registered), new WebhookSecretRotated(Id, new("Ag=="), Tomorrow));
        (state.Secret.Sealed, state.Previous!.Sealed, state.PreviousUntil).ShouldBe(("Ag==", "AQ==", Tomorrow));
    }

    [Fact]
    public void It_pauses() => Given(Registered).When(new PauseWebhookEndpoint(Id)).Then(Paused);

    [Fact]
    public void Paused_it_stays_paused() => Given(Registered, Paused).When(new PauseWebhookEndpoint(Id)).ThenNothing();

    [Fact]
    public void Given_up_it_does_not_pause() => Given(Registered, Disabled).When(new PauseWebhookEndpoint(Id)).ThenRejected(WebhookRejections.Disabled);

    [Fact]
    public void It_resumes_from_a_pause() => Given(Registered, Paused).When(new ResumeWebhookEndpoint(Id)).Then(new WebhookEndpointResumed(Id));

    [Fact]
    public void It_resumes_after_it_was_given_up() => Given(Registered, Disabled).When(new ResumeWebhookEndpoint(Id)).Then(new WebhookEndpointResumed(Id));

    [Fact]
    public void Active_it_stays_active() => Given(Registered).When(new ResumeWebhookEndpoint(Id)).ThenNothing();

    [Fact]
    public void It_is_given_up() => Given(Registered, Paused).When(new DisableWebhookEndpoint(Id, WebhookFault.Gone)).Then(Disabled);

    [Fact]
    public void It_is_given_up_once() => Given(Registered, Disabled).When(new DisableWebhookEndpoint(Id, WebhookFault.FailedTooLong)).ThenNothing();

    [Fact]
    public void What_is_gone_is_not_given_up() => Given(Registered, Removed).When(new DisableWebhookEndpoint(Id, WebhookFault.Gone)).ThenNothing();

    [Fact]
    public void It_is_removed() => Given(Registered).When(new RemoveWebhookEndpoint(Id)).Then(Removed);

    [Fact]
    public void Removed_again_nothing_changes() => Given(Registered, Removed).When(new RemoveWebhookEndpoint(Id)).ThenNothing();

    [Fact]
    public void What_was_removed_or_never_was_is_not_there()
    {
        Given(Registered, Removed).When(new PauseWebhookEndpoint(Id)).ThenRejected(WebhookRejections.NotFound);
        Given().When(new RemoveWebhookEndpoint(Id)).ThenRejected(WebhookRejections.NotFound);
        Given().When(new ChangeWebhookEndpoint(Id)).ThenRejected(WebhookRejections.NotFound);
    }

    [Fact]
    public void The_gateway_format_has_words_for_payments_alone()
    {
        var all = WebhookSettings.Of(WebhookFormat.Gateway, []);
        all.Wants("payment.succeeded").ShouldBeTrue();
        all.Wants("order.paid").ShouldBeFalse();
        Usual.Wants("order.paid").ShouldBeTrue();
        (Usual with { Events = ["order.paid"] }).Wants("order.failed").ShouldBeFalse();
    }

    [Fact]
    public void The_usual_waits_are_three_days_and_those_of_gateways_fifteen_hours()
    {
        WebhookSettings.UsualWaits.Sum().ShouldBe((75 * 3600) + (35 * 60) + 5);
        WebhookSettings.GatewayWaits.ShouldBe([60, 300, 1800, 7200, 43_200]);
    }

    [Fact]
    public void Secrets_are_in_no_text() => new WebhookSecret("whsec_x").ToString().ShouldBe("(secret)");
}
