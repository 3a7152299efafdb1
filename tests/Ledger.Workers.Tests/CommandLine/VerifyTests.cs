using Ledger.Cli;
using Ledger.EventStore.Database;
using Ledger.EventStore.Verification;
using Ledger.Testing;

namespace Ledger.Workers.Tests.CommandLine;

public sealed class VerifyTests : IDisposable
{
    private readonly TestDirectory directory = new();

    private string KeyPath => Path.Combine(directory.Path, "head.key");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_head_goes_to_a_file_and_back_and_the_log_still_contains_it()
    {
        await using var ledger = await TestLedger.Start();
        var head = await Written(await HeadCommand.Sign(ledger.Open, KeyPath, CancellationToken.None));
        var read = HeadCommand.Read(head, HeadKeys.PublicPathOf(KeyPath));
        var report = await new LogVerifier(ledger.Get<LedgerDatabase>()).Verify(null, read, CancellationToken.None);
        report.CannotExclude.ShouldBeNull();
        Should.NotThrow(() => VerifyCommand.Tell(report));
    }

    [Fact]
    public async Task A_head_that_was_changed_or_is_none_is_refused()
    {
        HeadKeys.Create(KeyPath);
        using var key = HeadKeys.Read(KeyPath);
        var signed = SignedHead.Sign(LogHead.Empty, key);
        var changed = await Written(signed with { Position = 1 });
        Should.Throw<RefusedException>(() => HeadCommand.Read(changed, KeyPath)).Message.ShouldContain("was not signed by the key");
        await File.WriteAllTextAsync(changed, "{}");
        Should.Throw<RefusedException>(() => HeadCommand.Read(changed, KeyPath)).Message.ShouldContain("has no head");
    }

    [Fact]
    public async Task What_is_found_ends_the_command_as_refused()
    {
        await using var ledger = await TestLedger.Start();
        var head = await HeadCommand.Sign(ledger.Open, KeyPath, CancellationToken.None);
        var report = await new LogVerifier(ledger.Get<LedgerDatabase>()).Verify(null, head with { Hash = new string('0', 64) }, CancellationToken.None);
        Should.Throw<RefusedException>(() => VerifyCommand.Tell(report)).Message.ShouldContain("1 place,");
    }

    private async Task<string> Written(SignedHead head)
    {
        var path = Path.Combine(directory.Path, "head.json");
        await File.WriteAllTextAsync(path, HeadCommand.Json(head));
        return path;
    }
}
