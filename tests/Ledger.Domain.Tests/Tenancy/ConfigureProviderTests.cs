using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Tenancy.ProviderConfig, Ledger.Domain.Tenancy.ProviderConfigEvent>;

namespace Ledger.Domain.Tests.Tenancy;

public class ConfigureProviderTests
{
    private static readonly ProviderConfigId Id = ProviderConfigId.Of(Bakery, ProviderName.Stripe);
    private static readonly ConfigureProvider Wish = new(Id, ProviderName.Stripe, new("AQ=="));
    private static readonly ProviderConfigured Configured = new(Id, ProviderName.Stripe, new("AQ=="));

    [Fact]
    public void Secrets_are_set() => Given().When(Wish).Then(Configured);

    [Fact]
    public void Others_take_their_place() => Given(Configured).When(Wish with { Secrets = new("Ag==") }).Then(Configured with { Secrets = new("Ag==") });

    [Fact]
    public void The_same_again_change_nothing() => Given(Configured).When(Wish).ThenNothing();

    [Fact]
    public void Each_tenant_and_provider_has_a_stream_of_its_own()
    {
        ProviderConfigId.Of(Bakery, ProviderName.Mock).ShouldNotBe(Id);
        ProviderConfigId.Of(TenantId.Platform, ProviderName.Stripe).ShouldNotBe(Id);
    }

    [Fact]
    public void Secrets_are_in_no_text() =>
        new ProviderSecrets("sk_live", "whsec", new Dictionary<string, string> { ["a"] = "b" }).ToString().ShouldBe("(secret)");
}
