using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Billing;
using Ledger.EventStore.Commits;
using Ledger.Messaging;

namespace Ledger.Workers.Tests.CommandLine;

public sealed class MessagesTests
{
    [Fact]
    public async Task Dead_messages_are_listed_with_their_reason_and_without_their_content()
    {
        await using var ledger = await TestLedger.Start();
        var (first, second) = (await Dead(ledger, "first"), await Dead(ledger, "second"));
        var dead = await DeadMessagesCommand.Find(ledger.Open, null, CancellationToken.None);
        dead.Select(one => one.Id).ShouldBe([second, first]);
        string.Join(' ', DeadMessagesCommand.Line(dead[0])).ShouldStartWith($"{second} {ledger.TenantName} work_off_subscriptions ");
        DeadMessagesCommand.Line(dead[0])[^1].ShouldBe("No second time.");
        dead.ShouldAllBe(one => one.InAll == 2);
        (await DeadMessagesCommand.Find(ledger.Open, "Telco", CancellationToken.None)).Count.ShouldBe(2);
        _ = await Should.ThrowAsync<RefusedException>(DeadMessagesCommand.Find(ledger.Open, "Nobody", CancellationToken.None));
    }

    [Fact]
    public async Task A_dead_message_is_sent_again_and_done()
    {
        await using var ledger = await TestLedger.Start();
        var (one, other) = (await Dead(ledger, "first"), await Dead(ledger, "second"));
        (await RetryMessagesCommand.Retry(ledger.Open, one, null, CancellationToken.None)).ShouldBe(1);
        (await DeadMessagesCommand.Find(ledger.Open, null, CancellationToken.None)).Select(left => left.Id).ShouldBe([other]);
        (await Should.ThrowAsync<RefusedException>(RetryMessagesCommand.Retry(ledger.Open, one, null, CancellationToken.None))).Message.ShouldContain($"No message {one} is dead");
        await ledger.Get<TenantQuiet>().Wait(ledger.TenantName, null, Guid.Empty, CancellationToken.None);
    }

    [Fact]
    public async Task All_dead_messages_of_a_tenant_are_sent_again_together()
    {
        await using var ledger = await TestLedger.Start();
        _ = await Dead(ledger, "first");
        _ = await Dead(ledger, "second");
        (await RetryMessagesCommand.Retry(ledger.Open, null, ledger.TenantName, CancellationToken.None)).ShouldBe(2);
        (await RetryMessagesCommand.Retry(ledger.Open, null, null, CancellationToken.None)).ShouldBe(0);
    }

    /// <summary>A message that was given up: sent for a day that is far off, so that nobody works on it meanwhile.</summary>
    private static async Task<Guid> Dead(TestLedger ledger, string time)
    {
        var send = new Decisions.Send(new WorkOffSubscriptions([]), NodaTime.Instant.FromUtc(2100, 1, 1, 0, 0));
        var message = Outgoing.Derived(Guid.CreateVersion7(), time, ledger.TenantName, send, null, null);
        _ = await ledger.Get<GroupCommit>().Commit(new Commit(ledger.TenantName) { Sends = [message] });
        await ledger.Get<MessageTable>().Bury(new(message.Id, 0), $"No {time} time.", CancellationToken.None);
        return message.Id;
    }
}
