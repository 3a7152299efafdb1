using Ledger.Gateways.Sandbox;
using static Ledger.Gateways.Tests.Sandbox.SandboxExamples;

namespace Ledger.Gateways.Tests.Sandbox;

[Collection(SandboxCollection.Name)]
public sealed class SetupTests(SandboxDatabase database) : IAsyncLifetime
{
    private static readonly Uri ReturnUrl = new("https://shop.example/cards?added=1");

    private SandboxProvider provider = null!;

    public async Task InitializeAsync() => provider = await database.Provider();

    public async Task DisposeAsync() => await provider.DisposeAsync();

    [Fact]
    public async Task A_card_entered_on_the_providers_page_becomes_a_token()
    {
        var id = await provider.CreateSetup(Tenant, ReturnUrl, default);
        (await provider.FindSetup(id, default)).ShouldBe(new SandboxSetup.Pending(id, Tenant, ReturnUrl));

        var completed = await provider.CompleteSetup(id, Card(Good), default);

        var card = await provider.Tokenize(Card(Good), default);
        completed.ShouldBe(new SandboxSetup.Completed(id, Tenant, ReturnUrl, card));
        (await provider.FindSetup(id, default)).ShouldBe(completed);
    }

    [Fact]
    public async Task A_card_that_is_refused_fails_the_setup()
    {
        var id = await provider.CreateSetup(Tenant, ReturnUrl, default);

        await provider.CompleteSetup(id, Card("4111111111111111"), default);

        (await provider.FindSetup(id, default)).ShouldBe(
            new SandboxSetup.Failed(id, Tenant, ReturnUrl, "not_a_test_card"));
    }

    [Fact]
    public async Task The_first_card_entered_decides()
    {
        var id = await provider.CreateSetup(Tenant, ReturnUrl, default);

        var first = await provider.CompleteSetup(id, Card(Good), default);

        (await provider.CompleteSetup(id, Card(Declined), default)).ShouldBe(first);
    }

    [Fact]
    public async Task A_setup_nobody_began_is_not_found()
    {
        (await provider.FindSetup("sbx_setup_0", default)).ShouldBeNull();
        (await provider.CompleteSetup("sbx_setup_0", Card(Good), default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_return_address_that_is_no_web_address_is_refused() =>
        await Should.ThrowAsync<ArgumentException>(
            () => provider.CreateSetup(Tenant, new Uri("javascript:alert(1)"), default));
}
