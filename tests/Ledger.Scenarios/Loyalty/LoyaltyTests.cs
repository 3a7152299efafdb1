using Ledger.Domain.Amounts;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using NodaTime;

namespace Ledger.Scenarios.Loyalty;

[Collection("app")]
public class LoyaltyTests(SharedApp shared)
{
    /// <summary>C8.</summary>
    [Fact]
    public async Task What_is_paid_earns_points_that_a_reward_is_redeemed_for()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        _ = await shop.Pay(18500);
        var earned = await shop.Account(1850);
        earned["total_earned"]!.GetValue<long>().ShouldBe(1850);

        var redeemed = (await shop.Customer.Post($"/rewards/{await shop.Reward(1400)}/redeem")).Is(200).Json;
        redeemed["new_balance"]!.GetValue<long>().ShouldBe(450);
        redeemed["status"]!.GetValue<string>().ShouldBe("pending");
        var account = await shop.Account(450);
        account["total_earned"]!.GetValue<long>().ShouldBe(1850);
        account["total_redeemed"]!.GetValue<long>().ShouldBe(1400);
        (await shop.Transactions()).ShouldBe(["redeem -1400 = 450", "earn 1850 = 1850"]);
        (await shop.Customer.Get("/reward-redemptions")).Is(200).Json["data"]!.AsArray().Count.ShouldBe(1);
    }

    /// <summary>C9.</summary>
    [Fact]
    public async Task Points_that_are_not_there_buy_nothing()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        await Give(shop, 450);
        var (dear, hidden) = (await shop.Reward(500), await shop.Reward(100, active: false));

        (await shop.Customer.Post($"/rewards/{dear}/redeem")).Refuses(409, "insufficient_points").Json["title"]!.GetValue<string>().ShouldBe("Insufficient points");
        (await shop.Customer.Post($"/rewards/{hidden}/redeem")).Refuses(404, "reward_not_found");
        (await shop.Customer.Post($"/rewards/{Guid.NewGuid()}/redeem")).Refuses(404, "reward_not_found");
        (await shop.Customer.Get($"/rewards/{hidden}")).Refuses(404, "reward_not_found");
        (await shop.Customer.Get("/rewards")).Is(200).Json["data"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()).ShouldBe([dear]);
        _ = await shop.Account(450);
    }

    /// <summary>C9.</summary>
    [Fact]
    public async Task Of_two_at_once_one_gets_the_points()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        await Give(shop, 450);
        var reward = await shop.Reward(450);
        var answers = await Task.WhenAll(Redeem(), Redeem());

        answers.Select(one => one.Status).Order().ShouldBe([200, 409]);
        _ = answers.Single(one => one.Status == 409).Refuses(409, "insufficient_points");
        _ = await shop.Account(0);

        Task<LedgerAnswer> Redeem() => shop.Customer.Post($"/rewards/{reward}/redeem");
    }

    [Fact]
    public async Task Staff_redeem_for_a_customer_and_hand_the_reward_out_or_not()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        await Give(shop, 1000);
        var reward = await shop.Reward(400);
        (await shop.Tenant.Staff.Post($"/rewards/{reward}/redeem", new { })).Refuses(400, "validation_failed");
        var first = (await shop.Tenant.Staff.Post($"/rewards/{reward}/redeem", new { customer_id = shop.CustomerId })).Is(200).Id;
        var second = (await shop.Tenant.Staff.Post($"/rewards/{reward}/redeem", new { customer_id = shop.CustomerId })).Is(200).Id;

        _ = (await shop.Tenant.Staff.Post($"/reward-redemptions/{first}/fulfil")).Is(200);
        _ = (await shop.Tenant.Staff.Post($"/reward-redemptions/{second}/cancel")).Is(200);
        (await shop.Tenant.Staff.Post($"/reward-redemptions/{first}/cancel")).Refuses(409, "reward_redemption_fulfilled");
        (await shop.Tenant.Staff.Post($"/reward-redemptions/{second}/fulfil")).Refuses(409, "reward_redemption_cancelled");
        (await shop.Customer.Post($"/reward-redemptions/{second}/fulfil")).Refuses(403, "forbidden");

        (await shop.Account(600))["total_redeemed"]!.GetValue<long>().ShouldBe(400);
        (await shop.Tenant.Staff.Get("/reward-redemptions?status=cancelled")).Is(200).Json["data"]![0]!["id"]!.GetValue<string>().ShouldBe(second);
        (await shop.Transactions())[0].ShouldBe("reverse 400 = 600");
    }

    [Fact]
    public async Task Nobody_gives_or_sees_the_points_of_others()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        await Give(shop, 450);
        var reward = await shop.Reward(10);
        using var other = await shared.App.NewCustomer(shop.Tenant);

        (await other.Post($"/rewards/{reward}/redeem", new { customer_id = shop.CustomerId })).Refuses(404, "customer_not_found");
        (await other.Get($"/customers/{shop.CustomerId}/loyalty-account")).Refuses(404, "customer_not_found");
        (await other.Get($"/reward-redemptions?customer_id={shop.CustomerId}")).Refuses(404, "customer_not_found");
        (await other.Post($"/rewards/{reward}/redeem")).Refuses(409, "insufficient_points");
    }

    /// <summary>C11.</summary>
    [Fact]
    public async Task The_sixth_in_a_minute_has_to_wait_and_others_do_not()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        await Give(shop, 1000);
        var reward = await shop.Reward(10);
        for (var i = 0; i < 5; i++) _ = (await shop.Customer.Post($"/rewards/{reward}/redeem")).Is(200);
        (await shop.Customer.Post($"/rewards/{reward}/redeem")).Is(429).Headers.ContainsKey("Retry-After").ShouldBeTrue();
        using var other = await shared.App.NewCustomer(shop.Tenant);
        (await other.Post($"/rewards/{reward}/redeem")).Refuses(409, "insufficient_points");
    }

    [Fact]
    public async Task Refunds_take_the_points_along_below_zero_if_need_be()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        var payment = PaymentId.From(Guid.Parse(await shop.Pay(18500)));
        _ = await shop.Account(1850);
        _ = (await shop.Customer.Post($"/rewards/{await shop.Reward(1400)}/redeem")).Is(200);

        await shop.Happens(payment.Stream, Refunded(payment, 5, 5));
        _ = await shop.Account(449);
        await shop.Happens(payment.Stream, Refunded(payment, 18495, 18500));
        (await shop.Account(-1400))["total_earned"]!.GetValue<long>().ShouldBe(0);
        (await shop.Transactions()).ShouldBe(["reverse -1849 = -1400", "reverse -1 = 449", "redeem -1400 = 450", "earn 1850 = 1850"]);
    }

    [Fact]
    public async Task A_message_that_comes_twice_does_nothing_twice()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        var payment = PaymentId.From(Guid.Parse(await shop.Pay(18500)));
        _ = await shop.Account(1850);
        await shop.Tell(new GivePoints(payment));
        await shop.Happens(payment.Stream, Refunded(payment, 8500, 8500));
        _ = await shop.Account(1000);
        await shop.Tell(new TakeBackPoints(payment, RefundId.From(Guid.NewGuid()), Usd(8500)));

        await shop.Quiet();
        (await shop.Transactions()).ShouldBe(["reverse -850 = 1000", "earn 1850 = 1850"]);
    }

    [Fact]
    public async Task A_tenant_gives_none_before_it_says_how_many()
    {
        using var shop = await LoyaltyShop.Open(shared.App);
        (await shop.Admin.Patch("/tenants/current/settings", new { loyalty_points_per_unit = 0 })).Is(200).Json["loyalty_points_per_unit"].ShouldBeNull();
        _ = await shop.Pay(18500);
        await shop.Quiet();
        (await shop.Transactions()).ShouldBeEmpty();
    }

    private static async Task Give(LoyaltyShop shop, long points) =>
        _ = (await shop.Admin.Post($"/customers/{shop.CustomerId}/loyalty-account/adjustments", new { points, reason = "a gift" })).Is(200);

    private static PaymentRefunded Refunded(PaymentId payment, long cents, long inAll) =>
        new(payment, RefundId.From(Guid.NewGuid()), Usd(cents), Usd(inAll), new LocalDate(2025, 11, 1));

    private static Money Usd(long cents) => new(cents, Currency.Parse("USD"));
}
