using System.Security.Cryptography;
using Ledger.EventStore.Verification;
using Ledger.Testing;

namespace Ledger.EventStore.Tests.Verification;

public sealed class SignedHeadTests : IAsyncLifetime, IDisposable
{
    private readonly TestDirectory directory = new();
    private StoreFixture store = null!;

    private string KeyPath => Path.Combine(directory.Path, "keys", "head.pem");

    public async Task InitializeAsync()
    {
        store = await StoreFixture.Create();
        HeadKeys.Create(KeyPath);
        for (var n = 0; n < 4; n++) _ = await store.Opened();
    }

    public async Task DisposeAsync() => await store.DisposeAsync();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_head_is_signed_with_one_half_of_a_key_and_checked_with_the_other()
    {
        var head = await Signed();
        using var key = HeadKeys.Read(HeadKeys.PublicPathOf(KeyPath));

        head.Position.ShouldBe(4);
        head.IsSignedBy(key).ShouldBeTrue();
        (head with { Position = 5 }).IsSignedBy(key).ShouldBeFalse();
        (head with { Hash = new string('0', 64) }).IsSignedBy(key).ShouldBeFalse();
        (head with { RecordedAt = head.RecordedAt + Duration.FromMilliseconds(1) }).IsSignedBy(key).ShouldBeFalse();
        (head with { Signature = "nonsense" }).IsSignedBy(key).ShouldBeFalse();
        (head with { KeyId = "another" }).IsSignedBy(key).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_key_has_not_signed_it()
    {
        var other = Path.Combine(directory.Path, "other.pem");
        HeadKeys.Create(other);
        using var key = HeadKeys.Read(HeadKeys.PublicPathOf(other));
        (await Signed()).IsSignedBy(key).ShouldBeFalse();
    }

    [Fact]
    public void A_private_key_is_its_owners_alone_and_never_overwritten()
    {
        File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _ = Should.Throw<IOException>(() => HeadKeys.Create(KeyPath));
        File.ReadAllText(HeadKeys.PublicPathOf(KeyPath)).ShouldNotContain("PRIVATE");
    }

    [Fact]
    public void A_file_without_a_key_is_refused()
    {
        var path = Path.Combine(directory.Path, "empty.pem");
        File.WriteAllText(path, "no key");
        _ = Should.Throw<CryptographicException>(() => HeadKeys.Read(path));
    }

    [Fact]
    public async Task A_log_that_has_grown_since_is_intact_and_the_newest_head_excludes_everything()
    {
        var old = await Signed();
        _ = await store.Opened();
        (await Verify(old)).ShouldSatisfyAllConditions(
            report => report.IsIntact.ShouldBeTrue(), report => report.CannotExclude.ShouldNotBeNull().ShouldContain("after the signed head"));
        (await Verify(await Signed())).ShouldSatisfyAllConditions(
            report => report.IsIntact.ShouldBeTrue(), report => report.CannotExclude.ShouldBeNull());
    }

    [Fact]
    public async Task A_tail_cut_off_without_a_trace_is_found_with_the_head_alone()
    {
        var head = await Signed();
        await Cut(3);

        (await Verify(null)).IsIntact.ShouldBeTrue();
        var found = (await Verify(head)).Findings.ShouldHaveSingleItem();
        (found.Kind, found.Position).ShouldBe((FindingKind.TailCut, 3));
    }

    [Fact]
    public async Task A_tail_cut_off_and_written_anew_is_found_with_the_head_alone()
    {
        var head = await Signed();
        await Cut(3);
        for (var n = 0; n < 3; n++) _ = await store.Opened();

        (await Verify(null)).IsIntact.ShouldBeTrue();
        var found = (await Verify(head)).Findings.ShouldHaveSingleItem();
        (found.Kind, found.Position).ShouldBe((FindingKind.TailCut, 4));
    }

    [Fact]
    public async Task A_log_emptied_is_found_with_the_head_alone()
    {
        var head = await Signed();
        await Cut(1);
        (await Verify(null)).IsIntact.ShouldBeTrue();
        (await Verify(head)).Findings[0].Kind.ShouldBe(FindingKind.TailCut);
    }

    [Fact]
    public async Task The_head_of_an_empty_log_can_be_signed()
    {
        await using var empty = await StoreFixture.Create();
        using var key = HeadKeys.Read(KeyPath);
        var head = SignedHead.Sign(await LogHead.Read(empty.Database, CancellationToken.None), key);
        (await new LogVerifier(empty.Database).Verify(null, head, CancellationToken.None)).IsIntact.ShouldBeTrue();
    }

    /// <summary>Takes away everything from a position on, in every table.</summary>
    private Task Cut(long from) => store.Tamper($"""
        delete from public.mt_streams s using public.mt_events e where e.stream_id = s.id and e.seq_id >= {from};
        delete from public.mt_events where seq_id >= {from};
        delete from ledger.event_index where position >= {from};
        delete from ledger.blocks where last_position >= {from}
        """);

    private async Task<SignedHead> Signed()
    {
        using var key = HeadKeys.Read(KeyPath);
        return SignedHead.Sign(await LogHead.Read(store.Database, CancellationToken.None), key);
    }

    private Task<VerificationReport> Verify(SignedHead? head) =>
        new LogVerifier(store.Database).Verify(null, head, CancellationToken.None);
}
