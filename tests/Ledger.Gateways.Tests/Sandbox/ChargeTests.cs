using Ledger.Gateways.Payments;
using Ledger.Gateways.Sandbox;
using Npgsql;
using static Ledger.Gateways.Tests.Sandbox.SandboxExamples;

namespace Ledger.Gateways.Tests.Sandbox;

[Collection(SandboxCollection.Name)]
public sealed class ChargeTests(SandboxDatabase database) : IAsyncLifetime
{
    private string connectionString = "";
    private SandboxProvider provider = null!;

    public async Task InitializeAsync()
    {
        connectionString = await database.CreateDatabase();
        provider = await SandboxDatabase.ProviderOn(connectionString);
    }

    public async Task DisposeAsync() => await provider.DisposeAsync();

    [Fact]
    public async Task A_good_card_is_captured()
    {
        (await Charge(Request("a"))).ShouldBeOfType<ChargeAnswer.Captured>().ProviderReference.ShouldStartWith("sbx_ch_");
        (await provider.CountCharges(Tenant, default)).ShouldBe(1);
    }

    [Theory]
    [InlineData(Declined, "card_declined", DeclineKind.Soft)]
    [InlineData(WithoutFunds, "insufficient_funds", DeclineKind.Soft)]
    [InlineData(Expired, "expired_card", DeclineKind.Hard)]
    public async Task A_card_is_declined_as_its_number_says(string number, string code, DeclineKind kind)
    {
        var card = await provider.Tokenize(Card(number), default);

        var declined = (await Charge(Request("a", card.Token))).ShouldBeOfType<ChargeAnswer.Declined>();

        (declined.Code, declined.Kind).ShouldBe((code, kind));
        (await provider.CountCharges(Tenant, default)).ShouldBe(0);
    }

    [Fact]
    public async Task A_card_is_good_to_the_end_of_its_month_by_the_tenants_clock()
    {
        var march = Request("last day", "sbx_visa_4242_0326") with { ChargedOn = new DateOnly(2026, 3, 31) };
        var april = Request("day after", "sbx_visa_4242_0326") with { ChargedOn = new DateOnly(2026, 4, 1) };

        (await Charge(march)).ShouldBeOfType<ChargeAnswer.Captured>();
        (await Charge(april)).ShouldBeOfType<ChargeAnswer.Declined>().Code.ShouldBe("expired_card");
    }

    [Theory]
    [InlineData("40P01"), InlineData("40001"), InlineData("55P03")]
    public async Task A_batch_that_the_database_undoes_is_sent_again(string state)
    {
        await Execute($"""
            create sequence sandbox.tries;
            create function sandbox.undo_once() returns trigger language plpgsql as $$
            begin
                if nextval('sandbox.tries') <= 2 then raise exception 'undone' using errcode = '{state}'; end if;
                return new;
            end $$;
            create trigger undo_once before insert on sandbox.charges for each row execute function sandbox.undo_once();
            """);
        (await Charge(Request("a"))).ShouldBeOfType<ChargeAnswer.Captured>();
        (await provider.CountCharges(Tenant, default)).ShouldBe(1);
        (await provider.ChargesPerKeyMax(Tenant, default)).ShouldBe(1);
    }

    [Theory]
    [InlineData(GoodToken)]
    [InlineData(DeclinedToken)]
    public async Task A_repeat_gets_the_first_answer_and_charges_nothing(string token)
    {
        var first = await Charge(Request("a", token));
        var repeat = await Charge(Request("a", token) with { ChargedOn = Today.AddYears(20), Reference = "other" });

        repeat.ShouldBe(first);
        (await Outcomes()).ShouldBe(["first", "repeat"]);
    }

    [Fact]
    public async Task One_key_of_two_tenants_is_two_charges()
    {
        var mine = await Charge(Request("a"));
        var yours = await Charge(Request("a") with { Tenant = "sudur" });

        yours.ProviderReference.ShouldNotBe(mine.ProviderReference);
        (await provider.CountCharges("sudur", default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_is_refused_for_another_amount_currency_or_token()
    {
        await Charge(Request("a"));

        foreach (var other in new[]
        {
            Request("a", amount: 1), Request("a") with { Currency = "EUR" }, Request("a", DeclinedToken),
        })
        {
            await Should.ThrowAsync<ProviderConflictException>(() => Charge(other));
        }
        (await provider.Charges(Tenant, default)).ShouldHaveSingleItem().Amount.ShouldBe(12_900);
        (await Outcomes()).ShouldBe(["first", "mismatch", "mismatch", "mismatch"]);
    }

    [Fact]
    public async Task Two_hundred_at_once_under_one_key_charge_once()
    {
        await using var other = await SandboxDatabase.ProviderOn(connectionString);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => (i % 2 == 0 ? provider : other).Charge(Request("a"), default)));

        answers.Distinct().ShouldHaveSingleItem();
        (await provider.CountCharges(Tenant, default)).ShouldBe(1);
        (await provider.ChargesPerKeyMax(Tenant, default)).ShouldBe(1);
        (await Outcomes()).Count(outcome => outcome is "first").ShouldBe(1);
        (await Outcomes()).Count(outcome => outcome is "repeat").ShouldBe(199);
    }

    [Fact]
    public async Task At_once_under_one_key_with_two_amounts_only_one_amount_is_charged()
    {
        var asked = Enumerable.Range(0, 100).Select(i => Charge(Request("a", amount: 100 + i % 2))).ToArray();
        await Task.WhenAll(asked.Select(one => one.ContinueWith(_ => { }, TaskScheduler.Default)));

        asked.Count(one => one.IsCompletedSuccessfully).ShouldBe(50);
        asked.Count(one => one.Exception?.InnerException is ProviderConflictException).ShouldBe(50);
        (await provider.CountCharges(Tenant, default)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_processes_charging_the_same_keys_in_opposite_order_do_not_get_in_each_others_way()
    {
        await using var other = await SandboxDatabase.ProviderOn(connectionString);
        var keys = Enumerable.Range(0, 1_000).Select(i => $"key-{i:0000}").ToArray();

        var mine = Task.WhenAll(keys.Select(key => provider.Charge(Request(key), default)));
        var theirs = Task.WhenAll(keys.Reverse().Select(key => other.Charge(Request(key), default)));

        (await theirs).Reverse().ShouldBe(await mine);
        (await provider.CountCharges(Tenant, default)).ShouldBe(1_000);
        (await provider.ChargesPerKeyMax(Tenant, default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_charge_is_remembered_by_the_next_process()
    {
        var first = await Charge(Request("a"));
        await provider.DisposeAsync();

        await using var next = await SandboxDatabase.ProviderOn(connectionString);

        (await next.FindCharge(Tenant, "a", default)).ShouldBe(first);
        (await next.Charge(Request("a"), default)).ShouldBe(first);
        (await next.CountCharges(Tenant, default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_take_the_charge_along()
    {
        using var leaving = new CancellationTokenSource();
        var asked = provider.Charge(Request("a"), leaving.Token);
        await leaving.CancelAsync();
        await asked.ContinueWith(_ => { }, TaskScheduler.Default);

        // Closing waits for what is under way.
        await provider.DisposeAsync();
        await using var next = await SandboxDatabase.ProviderOn(connectionString);

        (await next.CountCharges(Tenant, default)).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_of_somebody_else_is_refused_before_anything_is_sent()
    {
        (await Should.ThrowAsync<CardRefusedException>(() => Charge(Request("a", "tok_1234")))).Code.ShouldBe("unknown_token");
        (await Outcomes()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_database_cannot_store_hurts_nobody_else_in_the_batch()
    {
        var good = Enumerable.Range(0, 20).Select(i => Charge(Request($"key-{i}"))).ToArray();

        await Should.ThrowAsync<ArgumentException>(() => Charge(Request("a\0b")));
        await Should.ThrowAsync<ArgumentException>(() => Charge(Request("a", amount: 0)));
        (await Task.WhenAll(good)).Length.ShouldBe(20);
    }

    [Fact]
    public async Task Charges_are_read_page_by_page()
    {
        await Task.WhenAll(new[] { "b", "c", "a" }.Select(key => Charge(Request(key))));

        var page = await provider.Charges(Tenant, default, limit: 2);
        var next = await provider.Charges(Tenant, default, page[^1].IdempotencyKey, limit: 2);

        page.Concat(next).Select(charge => charge.IdempotencyKey).ShouldBe(["a", "b", "c"]);
        page[0].ChargedOn.ShouldBe(Today);
    }

    [Fact]
    public async Task Providers_that_start_together_all_start()
    {
        var empty = await database.CreateDatabase();

        foreach (var started in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SandboxDatabase.ProviderOn(empty))))
            await started.DisposeAsync();
    }

    [Fact]
    public async Task A_record_that_fails_leaves_the_outcome_unknown_and_one_that_is_gone_charges_nothing()
    {
        await Execute("alter table sandbox.requests rename to elsewhere");
        await Should.ThrowAsync<ProviderOutcomeUnknownException>(() => Charge(Request("a")));
        await Execute("alter table sandbox.elsewhere rename to requests");
        (await Charge(Request("a"))).ShouldBeOfType<ChargeAnswer.Captured>();

        await provider.DisposeAsync();
        await Should.ThrowAsync<ProviderUnavailableException>(() => Charge(Request("b")));
    }

    [Fact]
    public async Task A_charge_whose_connection_is_cut_is_sent_again_and_charges_once()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var holding = await source.OpenConnectionAsync();
        await using var transaction = await holding.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table sandbox.charges", holding)) await hold.ExecuteNonQueryAsync();
        var charge = Charge(Request("a"));
        await using (var cut = source.CreateCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
            while (await cut.ExecuteScalarAsync() is null) await Task.Delay(5);
        await transaction.RollbackAsync();

        (await charge).ShouldBeOfType<ChargeAnswer.Captured>();
        (await Outcomes()).ShouldBe(["first"]);
    }

    private Task<ChargeAnswer> Charge(ChargeRequest request) => provider.Charge(request, default);

    private async Task<List<string>> Outcomes()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select outcome from sandbox.requests order by id");
        await using var rows = await command.ExecuteReaderAsync();
        var outcomes = new List<string>();
        while (await rows.ReadAsync()) outcomes.Add(rows.GetString(0));
        return outcomes;
    }

    private async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
