using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;
using static Ledger.Testing.Scenario<Ledger.Domain.Tenancy.Tenant, Ledger.Domain.Tenancy.TenantEvent>;

namespace Ledger.Domain.Tests.Tenancy;

public class HostNameTests
{
    private static readonly ChangeTenantSettings Nothing = new(Bakery, null, null, null, null, null);

    private static readonly TenantSettingsChanged Named =
        new(Bakery, "Bakery", Krona, Zone("Atlantic/Reykjavik"), PricesIncludeTax: true, [Frequency.Monthly], ["a.example.is", "b.example.is"]);

    [Fact]
    public void Names_are_claimed_each_once_and_in_order() => Given(BakeryCreated)
        .When(Nothing with { HostNames = ["b.example.is", "a.example.is", "b.example.is"] })
        .Then(Named).Claiming("tenant.host_name a.example.is", "tenant.host_name b.example.is");

    [Fact]
    public void A_claim_is_over_all_tenants() => new ChangeTenantSettings(Bakery, null, null, null, null, null, ["a.example.is"])
        .Decide(Tenant.Evolve(Tenant.Initial, BakeryCreated)).Claims.Single().Scope.ShouldBe(TenantId.Platform.ToString());

    [Fact]
    public void A_name_that_goes_is_released_and_one_that_stays_is_not_claimed_again()
    {
        var decision = (Nothing with { HostNames = ["b.example.is"] }).Decide(Tenant.Evolve(Tenant.Evolve(Tenant.Initial, BakeryCreated), Named));
        decision.Claims.ShouldBeEmpty();
        decision.Releases.Single().Value.ShouldBe("a.example.is");
    }

    [Fact]
    public void Other_settings_leave_names_and_the_limit_as_they_are() => Given(BakeryCreated, Named with { RateLimitPerMinute = 5000 })
        .When(Nothing with { Name = "Brauð" }).Then(Named with { Name = "Brauð", RateLimitPerMinute = 5000 });

    [Theory]
    [InlineData("a.is"), InlineData("bills.example.is"), InlineData("xn--brau-3qa.is"), InlineData("1.2.example"), InlineData("a-b.example")]
    public void Good(string name) => HostName.IsGood(name).ShouldBeTrue();

    [Theory]
    [InlineData(""), InlineData("localhost"), InlineData("127.0.0.1"), InlineData("A.is"), InlineData("a..is"), InlineData(".a.is"), InlineData("a.is.")]
    [InlineData("-a.is"), InlineData("a-.is"), InlineData("a_b.is"), InlineData("a.is:80"), InlineData("brauð.is"), InlineData("a b.is"), InlineData("a.is\n")]
    [InlineData("0198f3a2-5c1e-7c3f-9a51-2f4e8d0b7c66.example.is")]
    public void Not_good(string name) => HostName.IsGood(name).ShouldBeFalse();

    [Fact]
    public void As_long_as_a_name_may_be()
    {
        var label = new string('x', 63);
        HostName.IsGood($"{label}.{label}.{label}.{new string('x', 61)}").ShouldBeTrue();
        HostName.IsGood($"{label}.{label}.{label}.{new string('x', 62)}").ShouldBeFalse();
        HostName.IsGood($"{label}x.is").ShouldBeFalse();
    }
}
