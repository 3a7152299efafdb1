using Ledger.Gateways.Payments;
using Ledger.Gateways.Sandbox;
using static Ledger.Gateways.Tests.Sandbox.SandboxExamples;

namespace Ledger.Gateways.Tests.Sandbox;

[Collection(SandboxCollection.Name)]
public sealed class FaultTests(SandboxDatabase database) : IAsyncLifetime
{
    private static readonly SandboxFault LostOnce = new(SandboxFaultMode.TimeoutBeforeCharge, Times: 1);
    private static readonly SandboxFault AnswerLostOnce = new(SandboxFaultMode.TimeoutAfterCharge, Times: 1);

    private string connectionString = "";
    private SandboxProvider provider = null!;

    public async Task InitializeAsync()
    {
        connectionString = await database.CreateDatabase();
        provider = await SandboxDatabase.ProviderOn(connectionString);
    }

    public async Task DisposeAsync() => await provider.DisposeAsync();

    [Fact]
    public async Task A_request_lost_on_its_way_charges_nothing_and_asking_closes_the_key()
    {
        await provider.SetFault(Tenant, LostOnce, default);

        await Unknown("a");

        (await provider.FindCharge(Tenant, "a", default)).ShouldBeNull();
        (await provider.CountCharges(Tenant, default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_request_lost_on_its_way_can_be_sent_again_when_nobody_asked()
    {
        await provider.SetFault(Tenant, LostOnce, default);

        await Unknown("a");

        (await provider.Charge(Request("a"), default)).ShouldBeOfType<ChargeAnswer.Captured>();
        (await provider.CountCharges(Tenant, default)).ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_lost_on_its_way_is_found_and_repeated_and_charges_once()
    {
        await provider.SetFault(Tenant, AnswerLostOnce, default);

        await Unknown("a");

        var found = (await provider.FindCharge(Tenant, "a", default)).ShouldBeOfType<ChargeAnswer.Captured>();
        (await provider.Charge(Request("a"), default)).ShouldBe(found);
        (await provider.CountCharges(Tenant, default)).ShouldBe(1);
        (await provider.ChargesPerKeyMax(Tenant, default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_decline_whose_answer_was_lost_is_found()
    {
        await provider.SetFault(Tenant, AnswerLostOnce, default);
        await Should.ThrowAsync<ProviderOutcomeUnknownException>(
            () => provider.Charge(Request("a", DeclinedToken), default));

        var found = await provider.FindCharge(Tenant, "a", default);

        found.ShouldBeOfType<ChargeAnswer.Declined>().Code.ShouldBe("card_declined");
    }

    [Fact]
    public async Task Nothing_stays_nothing()
    {
        (await provider.FindCharge(Tenant, "a", default)).ShouldBeNull();

        await Should.ThrowAsync<ProviderKeyVoidException>(() => provider.Charge(Request("a"), default));

        (await provider.FindCharge(Tenant, "a", default)).ShouldBeNull();
        (await provider.CountCharges(Tenant, default)).ShouldBe(0);
        (await provider.Charges(Tenant, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_slow_request_that_comes_in_after_the_asking_does_not_charge()
    {
        await using var impatient = await SandboxDatabase.ProviderOn(connectionString, TimeSpan.FromMilliseconds(150));
        await provider.SetFault(Tenant, new(SandboxFaultMode.Slow, Times: 1, TimeSpan.FromMilliseconds(600)), default);

        await Should.ThrowAsync<ProviderOutcomeUnknownException>(() => impatient.Charge(Request("a"), default));
        (await provider.FindCharge(Tenant, "a", default)).ShouldBeNull();

        await RequestsToReach(2);
        (await provider.CountCharges(Tenant, default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_slow_request_charges_though_nobody_waits_for_it()
    {
        await using var impatient = await SandboxDatabase.ProviderOn(connectionString, TimeSpan.FromMilliseconds(150));
        await provider.SetFault(Tenant, new(SandboxFaultMode.Slow, Times: 1, TimeSpan.FromMilliseconds(300)), default);

        await Should.ThrowAsync<ProviderOutcomeUnknownException>(() => impatient.Charge(Request("a"), default));

        await RequestsToReach(1);
        (await provider.FindCharge(Tenant, "a", default)).ShouldBeOfType<ChargeAnswer.Captured>();
    }

    [Fact]
    public async Task A_slow_request_within_the_time_out_is_only_slow()
    {
        await provider.SetFault(Tenant, new(SandboxFaultMode.Slow, Times: null, TimeSpan.FromMilliseconds(20)), default);

        (await provider.Charge(Request("a"), default)).ShouldBeOfType<ChargeAnswer.Captured>();
    }

    [Fact]
    public async Task A_fault_meets_as_many_requests_as_it_was_set_for_over_processes()
    {
        await provider.SetFault(Tenant, LostOnce with { Times = 7 }, default);
        await using var other = await SandboxDatabase.ProviderOn(connectionString);

        var asked = Enumerable.Range(0, 40)
            .Select(i => (i % 2 == 0 ? provider : other).Charge(Request($"key-{i}"), default)).ToArray();
        await Task.WhenAll(asked.Select(one => one.ContinueWith(_ => { }, TaskScheduler.Default)));

        asked.Count(one => one.IsFaulted).ShouldBe(7);
        (await provider.CountCharges(Tenant, default)).ShouldBe(33);
    }

    [Fact]
    public async Task Two_processes_meeting_the_same_faults_in_opposite_order_do_not_get_in_each_others_way()
    {
        await using var other = await SandboxDatabase.ProviderOn(connectionString);
        string[] tenants = [.. Enumerable.Range(0, 50).Select(i => $"tenant-{i}")];
        foreach (var tenant in tenants) await provider.SetFault(tenant, new(SandboxFaultMode.Slow, Times: 1_000), default);

        var mine = Rounds(provider, "mine", tenants);
        var theirs = Rounds(other, "theirs", [.. tenants.Reverse()]);

        (await Task.WhenAll(mine, theirs)).Sum().ShouldBe(2 * 20 * tenants.Length);

        static async Task<int> Rounds(SandboxProvider provider, string caller, string[] tenants)
        {
            var captured = 0;
            for (var round = 0; round < 20; round++)
            {
                var answers = await Task.WhenAll(tenants.Select(tenant => provider.Charge(
                    Request($"{caller}-{round}") with { Tenant = tenant }, default)));
                captured += answers.OfType<ChargeAnswer.Captured>().Count();
            }
            return captured;
        }
    }

    [Fact]
    public async Task A_tenants_own_fault_goes_before_everybodys_and_both_can_be_cleared()
    {
        await provider.SetFault(SandboxProvider.EveryTenant, LostOnce with { Times = null }, default);
        await provider.SetFault(Tenant, AnswerLostOnce, default);

        await Unknown("charged");
        await Unknown("lost");
        (await provider.CountCharges(Tenant, default)).ShouldBe(1);

        await provider.ClearFaults(SandboxProvider.EveryTenant, default);
        (await provider.Charge(Request("fine"), default)).ShouldBeOfType<ChargeAnswer.Captured>();
    }

    [Fact]
    public async Task A_fault_of_one_tenant_leaves_the_others_alone()
    {
        await provider.SetFault("sudur", LostOnce with { Times = null }, default);

        (await provider.Charge(Request("a"), default)).ShouldBeOfType<ChargeAnswer.Captured>();
    }

    [Fact]
    public async Task A_fault_outlives_the_process_that_set_it()
    {
        await provider.SetFault(Tenant, LostOnce, default);
        await provider.DisposeAsync();

        await using var next = await SandboxDatabase.ProviderOn(connectionString);

        await Should.ThrowAsync<ProviderOutcomeUnknownException>(() => next.Charge(Request("a"), default));
    }

    private Task<ProviderOutcomeUnknownException> Unknown(string key) =>
        Should.ThrowAsync<ProviderOutcomeUnknownException>(() => provider.Charge(Request(key), default));

    /// <summary>Waits for requests that are still on their way.</summary>
    private async Task RequestsToReach(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var source = Npgsql.NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select count(*) from sandbox.requests");
        while ((long)(await command.ExecuteScalarAsync(patience.Token))! < count) await Task.Delay(10, patience.Token);
    }
}
