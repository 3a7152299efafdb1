using static Ledger.Testing.Scenario<Ledger.Domain.Merchants.Merchant, Ledger.Domain.Merchants.MerchantEvent>;

namespace Ledger.Domain.Tests.Merchants;

/// <summary>An address is held for a merchant, and theirs once they have proved it.</summary>
public class MerchantTests
{
    private static readonly MerchantId Id = MerchantId.Of("beef");
    private static readonly Instant Noon = Instant.FromUtc(2025, 11, 1, 12, 0);
    private static readonly Instant Over = Noon + RegisterMerchant.HeldFor;
    private static readonly MerchantRegistered First = new(Id, "beef", Id.Tenant, Id.User, null, Over);
    private static readonly MerchantRegistered Second = new(Id, "beef", Id.TenantOf(1), Id.UserOf(1), null, Over + RegisterMerchant.HeldFor);

    [Fact]
    public void An_address_is_held_for_an_hour() => Given().When(new RegisterMerchant(Id, "beef", null, Noon)).Then(First).Claiming("merchant.email beef");

    [Fact]
    public void As_long_as_it_is_held_nobody_else_has_it()
    {
        Given(First).When(new RegisterMerchant(Id, "beef", null, Noon)).ThenNothing();
        Given(First).When(new RegisterMerchant(Id, "beef", null, Over - Duration.FromSeconds(1), 1)).ThenNothing();
    }

    [Fact]
    public void One_that_was_never_proved_is_anothers_with_a_tenant_of_their_own()
    {
        Given(First).When(new RegisterMerchant(Id, "beef", null, Over, 1)).Then(Second);
        Id.TenantOf(1).ShouldNotBe(Id.Tenant);
        Given(First, Second).When(new RegisterMerchant(Id, "beef", null, Over, 1)).ThenNothing();
    }

    [Fact]
    public void One_that_was_proved_is_theirs_for_good()
    {
        var proved = new MerchantAddressProved(Id, Id.Tenant);
        Given(First).When(new ProveMerchantAddress(Id, Id.Tenant)).Then(proved);
        Given(First, proved).When(new ProveMerchantAddress(Id, Id.Tenant)).ThenNothing();
        Given(First, proved).When(new RegisterMerchant(Id, "beef", null, Over, 1)).ThenNothing();
    }

    [Fact]
    public void Who_lost_it_proves_nothing_any_more() =>
        Given(First, Second).When(new ProveMerchantAddress(Id, Id.Tenant)).ThenRejected(Ledger.Domain.Customers.CustomerRejections.EmailTaken);

    [Fact]
    public void One_from_before_addresses_were_proved_is_theirs() =>
        Given(First with { HeldUntil = null }).When(new RegisterMerchant(Id, "beef", null, Over, 1)).ThenNothing();
}
