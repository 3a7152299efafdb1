using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;
using static Ledger.Testing.Scenario<Ledger.Domain.Tenancy.Tenant, Ledger.Domain.Tenancy.TenantEvent>;

namespace Ledger.Domain.Tests.Tenancy;

public class CreateTenantTests
{
    private static readonly CreateTenant Wish = new(
        Bakery, "Bakery", TenantMode.Live, Krona, Zone("Atlantic/Reykjavik"), PricesIncludeTax: true, [Frequency.Monthly], DunningSettings.Default);

    [Fact]
    public void A_business_is_taken_in() => Given().When(Wish).Then(BakeryCreated);

    [Fact]
    public void Again_changes_nothing() => Given(BakeryCreated).When(Wish with { Name = "Another" }).ThenNothing();
}

public class ChangeTenantSettingsTests
{
    private static readonly ChangeTenantSettings Nothing = new(Bakery, null, null, null, null, null);

    [Fact]
    public void What_is_set_changes_and_the_rest_stays() => Given(BakeryCreated)
        .When(Nothing with { Name = "Brauð", PricesIncludeTax = false })
        .Then(new TenantSettingsChanged(Bakery, "Brauð", Krona, Zone("Atlantic/Reykjavik"), PricesIncludeTax: false, [Frequency.Monthly]));

    [Fact]
    public void Currency_zone_and_frequencies_change_as_well() => Given(BakeryCreated)
        .When(Nothing with { Currency = Currency.Parse("DKK"), Zone = Zone("Europe/Copenhagen"), BillingFrequencies = [Frequency.Weekly] })
        .Then(new TenantSettingsChanged(
            Bakery, "Bakery", Currency.Parse("DKK"), Zone("Europe/Copenhagen"), PricesIncludeTax: true, [Frequency.Weekly]));

    [Fact]
    public void What_is_so_already_changes_nothing()
    {
        Given(BakeryCreated).When(Nothing).ThenNothing();
        Given(BakeryCreated).When(Nothing with { Name = "Bakery", BillingFrequencies = [Frequency.Monthly] }).ThenNothing();
    }

    [Fact]
    public void Points_are_given_until_they_are_set_to_none()
    {
        var giving = new TenantSettingsChanged(
            Bakery, "Bakery", Krona, Zone("Atlantic/Reykjavik"), PricesIncludeTax: true, [Frequency.Monthly], LoyaltyPointsPerUnit: 10);
        Given(BakeryCreated).When(Nothing with { LoyaltyPointsPerUnit = 10 }).Then(giving);
        Given(BakeryCreated, giving).When(Nothing with { LoyaltyPointsPerUnit = 0 }).Then(giving with { LoyaltyPointsPerUnit = null });
        Given(BakeryCreated, giving).When(Nothing with { Name = "Brauð" }).Then(giving with { Name = "Brauð" });
        Given(BakeryCreated).When(Nothing with { LoyaltyPointsPerUnit = 0 }).ThenNothing();
    }

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() => Given().When(Nothing).ThenRejected(TenantRejections.NotFound);
}

public class ChangeDunningConfigTests
{
    [Fact]
    public void Each_term_changes_by_itself()
    {
        Given(BakeryCreated).When(new ChangeDunningConfig(Bakery, 3, null)).Then(new DunningConfigChanged(Bakery, new(3, 20)));
        Given(BakeryCreated).When(new ChangeDunningConfig(Bakery, null, 30)).Then(new DunningConfigChanged(Bakery, new(20, 30)));
    }

    [Fact]
    public void Waits_take_the_place_of_daily_attempts_until_they_are_taken_away()
    {
        var waiting = new DunningConfigChanged(Bakery, new(20, 20, [1, 8, 4, 7], 3, true));
        Given(BakeryCreated).When(new ChangeDunningConfig(Bakery, null, null, [1, 8, 4, 7], 3, true)).Then(waiting);
        Given(BakeryCreated, waiting).When(new ChangeDunningConfig(Bakery, null, null, [1, 8, 4, 7], 3, true)).ThenNothing();
        Given(BakeryCreated, waiting).When(new ChangeDunningConfig(Bakery, null, null, [1, 8, 4], null)).Then(new DunningConfigChanged(Bakery, new(20, 20, [1, 8, 4], 3, true)));
        Given(BakeryCreated, waiting).When(new ChangeDunningConfig(Bakery, null, null, [], 0, false)).Then(new DunningConfigChanged(Bakery, new(20, 20)));
        waiting.Dunning.Attempts.ShouldBe(5);
    }

    [Fact]
    public void What_is_so_already_changes_nothing() => Given(BakeryCreated).When(new ChangeDunningConfig(Bakery, 20, 20)).ThenNothing();

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() =>
        Given().When(new ChangeDunningConfig(Bakery, 3, 3)).ThenRejected(TenantRejections.NotFound);
}
