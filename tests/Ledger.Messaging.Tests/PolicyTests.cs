namespace Ledger.Messaging.Tests;

public sealed class PolicyTests : MessageTestBase
{
    private const long Epoch = 1;

    [Fact]
    public async Task A_policy_answers_what_happens_from_its_beginning_on_once()
    {
        await Process.Ring(Guid.CreateVersion7(), "before");
        await Prepare(new CallPolicy());
        await Process.Ring(Guid.CreateVersion7(), "anna");
        var runner = Process.Policies(new CallPolicy());
        (await runner.Step(Epoch, CancellationToken.None)).ShouldBe(1);
        (await runner.Step(Epoch, CancellationToken.None)).ShouldBe(0);
        (await Called()).ShouldBe("call anna");
        (await runner.Lowest(CancellationToken.None)).ShouldBe(await Process.Feed.Head(CancellationToken.None));
    }

    [Fact]
    public async Task Two_runners_over_the_same_events_send_nothing_twice()
    {
        await Prepare(new CallPolicy());
        for (var n = 0; n < 5; n++) await Process.Ring(Guid.CreateVersion7(), $"{n}");
        await using var other = Process.Another();
        var steps = await Task.WhenAll(Process.Policies(new CallPolicy()).Step(Epoch, CancellationToken.None), other.Policies(new CallPolicy()).Step(Epoch, CancellationToken.None));
        steps.ShouldContain(5);
        (await Called()).ShouldBe("call 0, call 1, call 2, call 3, call 4");
    }

    [Fact]
    public async Task An_event_that_is_answered_again_sends_the_same_message()
    {
        await Prepare(new CallPolicy());
        await Process.Ring(Guid.CreateVersion7(), "anna");
        _ = await Process.Policies(new CallPolicy()).Step(Epoch, CancellationToken.None);
        _ = await Process.Sql("update ledger.places set position = 0 where name = 'policy:call'");
        (await Process.Policies(new CallPolicy()).Step(Epoch, CancellationToken.None)).ShouldBe(1);
        (await Called()).ShouldBe("call anna");
    }

    [Fact]
    public async Task Who_lost_the_lease_sends_nothing()
    {
        await Prepare(new CallPolicy());
        await Process.Ring(Guid.CreateVersion7(), "anna");
        _ = await Process.Policies(new CallPolicy()).Step(Epoch - 1, CancellationToken.None);
        (await Called()).ShouldBe("");
        (await Process.Policies(new CallPolicy()).Lowest(CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_policy_that_throws_stops_alone_before_what_it_threw_at()
    {
        await Prepare(new CallPolicy(), new NervousPolicy());
        foreach (var who in new[] { "me", "thee", "us" }) await Process.Ring(Guid.CreateVersion7(), who);
        var runner = Process.Policies(new CallPolicy(), new NervousPolicy());
        (await runner.Step(Epoch, CancellationToken.None)).ShouldBe(3);
        await Process.Ring(Guid.CreateVersion7(), "all");
        (await runner.Step(Epoch, CancellationToken.None)).ShouldBe(1);

        (await Called()).ShouldBe("call all, call me, call thee, call us, nervous");
        runner.Stopped.ShouldHaveSingleItem().Value.ShouldBe("InvalidOperationException at position 2 (bell_rung): It tolls.");
        (await runner.Lowest(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task Before_an_event_of_a_newer_version_all_policies_wait()
    {
        await Prepare(new CallPolicy());
        await Process.Ring(Guid.CreateVersion7(), "anna");
        await Process.Ring(Guid.CreateVersion7(), "ben");
        _ = await Process.Sql("""
            alter table mt_events disable trigger append_only;
            update mt_events set type = 'bell_stolen' where seq_id = 2;
            alter table mt_events enable trigger append_only
            """);
        await Process.Ring(Guid.CreateVersion7(), "carl");

        var runner = Process.Policies(new CallPolicy());
        (await runner.Step(Epoch, CancellationToken.None)).ShouldBe(1);
        (await Should.ThrowAsync<UnreadableInLogException>(runner.Step(Epoch, CancellationToken.None))).Message.ShouldStartWith("position 2 (bell_stolen)");
        (await Called()).ShouldBe("call anna");
    }

    [Fact]
    public async Task Whatever_happens_is_answered_and_done()
    {
        await PolicyRunner.Prepare(Process.Database, [new CallPolicy()], CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var running = Process.Policies(new CallPolicy()).Run(stop.Token);
        Process.Work();
        await Process.Ring(Guid.CreateVersion7(), "anna");
        (await Process.Calls.Next(1)).ShouldBe(["call anna"]);
        await stop.CancelAsync();
        await running;
    }

    private async Task Prepare(params IPolicy[] policies)
    {
        await PolicyRunner.Prepare(Process.Database, policies, CancellationToken.None);
        _ = await Process.Sql($"insert into ledger.leases values ('policies', gen_random_uuid(), {Epoch}, 'infinity')");
    }

    private async Task<string> Called() => (string)(await Process.Sql(
        "select coalesce(string_agg(body ->> 'who', ', ' order by body ->> 'who'), '') from ledger.messages"))!;
}
