using Ledger.Gateways.Payments;
using Ledger.Gateways.Sandbox;
using static Ledger.Gateways.Tests.Sandbox.SandboxExamples;

namespace Ledger.Gateways.Tests.Sandbox;

[Collection(SandboxCollection.Name)]
public sealed class HoldTests(SandboxDatabase database) : IAsyncLifetime
{
    private SandboxProvider provider = null!;

    public async Task InitializeAsync() => provider = await SandboxDatabase.ProviderOn(await database.CreateDatabase());

    public async Task DisposeAsync() => await provider.DisposeAsync();

    [Fact]
    public async Task Held_money_is_not_taken()
    {
        var held = (await provider.Charge(Request("a") with { Holds = true }, default)).ShouldBeOfType<ChargeAnswer.Held>();
        (await provider.FindCharge(Tenant, "a", default)).ShouldBe(held);
        (await provider.CountCharges(Tenant, default)).ShouldBe(0);
        (await Refund(held, 1)).ShouldBeOfType<RefundAnswer.Refused>().Code.ShouldBe("unknown_charge");
    }

    [Fact]
    public async Task It_is_taken_once_and_no_more_of_it_goes_back()
    {
        var held = await Hold("a");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => provider.Capture(Wish(held, 600), default)));
        answers.ShouldAllBe(one => one is HoldAnswer.Done);
        (await provider.Capture(Wish(held, 500), default)).ShouldBe(new HoldAnswer.Refused("hold_settled"));
        (await provider.Release(Wish(held, 0), default)).ShouldBe(new HoldAnswer.Refused("hold_settled"));
        (await Refund(held, 601)).ShouldBeOfType<RefundAnswer.Refused>().Code.ShouldBe("amount_too_large");
        (await Refund(held, 600, "other")).ShouldBeOfType<RefundAnswer.Refunded>();
    }

    [Fact]
    public async Task What_was_let_go_is_not_taken()
    {
        var held = await Hold("a");
        for (var i = 0; i < 2; i++) (await provider.Release(Wish(held, 0), default)).ShouldBeOfType<HoldAnswer.Done>();
        (await provider.Capture(Wish(held, 1), default)).ShouldBe(new HoldAnswer.Refused("hold_settled"));
    }

    [Fact]
    public async Task More_than_is_held_is_refused_and_so_is_what_nobody_holds()
    {
        var held = await Hold("a");
        (await provider.Capture(Wish(held, Request("a").Amount + 1), default)).ShouldBe(new HoldAnswer.Refused("amount_too_large"));
        var taken = await provider.Charge(Request("b"), default);
        (await provider.Capture(Wish(taken, 1), default)).ShouldBe(new HoldAnswer.Refused("unknown_hold"));
        (await provider.Capture(Wish(held, 1) with { Tenant = "another" }, default)).ShouldBe(new HoldAnswer.Refused("unknown_hold"));
    }

    [Fact]
    public async Task An_intent_is_paid_by_its_secret_once()
    {
        var intent = await provider.CreateIntent(new(Tenant, "i", 500, "ISK"), default);
        (await provider.CreateIntent(new(Tenant, "i", 500, "ISK"), default)).ShouldBe(intent);
        (await provider.FindIntent("another", intent.Reference, default)).ShouldBeNull();
        (await Pay(intent, Declined))!.FailureCode.ShouldBe("card_declined");
        var paid = (await Pay(intent, Good))!;
        (paid.IsPaid, paid.FailureCode).ShouldBe((true, null));
        (await Pay(intent, Declined)).ShouldBe(paid);
        (await provider.PayIntent("sbx_pi_none", Card(Good), new(2026, 1, 1), default)).ShouldBeNull();
        intent.ToString().ShouldNotContain(intent.ClientSecret);
    }

    private Task<ProviderIntent?> Pay(ProviderIntent intent, string number) => provider.PayIntent(intent.ClientSecret, Card(number), new(2026, 1, 1), default);

    private Task<ChargeAnswer> Hold(string key) => provider.Charge(Request(key) with { Holds = true }, default);

    private Task<RefundAnswer> Refund(ChargeAnswer charge, long amount, string key = "refund") =>
        provider.Refund(new(Tenant, key, charge.ProviderReference, amount, Request("a").Currency), default);

    private static HoldRequest Wish(ChargeAnswer held, long amount) => new(Tenant, held.ProviderReference, amount, Request("a").Currency);
}
