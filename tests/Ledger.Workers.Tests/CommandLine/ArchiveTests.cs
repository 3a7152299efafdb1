using System.IO.Compression;
using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Archiving;
using Ledger.EventStore.Database;
using Ledger.EventStore.Feed;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.EventStore.Verification;
using Ledger.Testing;
using NodaTime;

namespace Ledger.Workers.Tests.CommandLine;

public sealed class ArchiveTests : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_log_goes_to_files_and_into_an_empty_database_and_goes_on_there()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(20);
        var stop = await MoveTo(ledger.Open, ledger.Tenant, Instant.FromUtc(2026, 2, 10, 12, 0));
        var written = await Export(ledger, bytesMax: 20_000);
        written.Position.ShouldBeGreaterThanOrEqualTo(stop);
        written.Files.Count.ShouldBeGreaterThan(15, "Files are of bounded size.");
        written.Views.ShouldAllBe(view => view.Position == written.Position);

        await using (var copy = await ledger.Elsewhere(Beside.Nothing))
        {
            var (manifest, views) = await ImportLogCommand.Import(copy, directory.Path, CancellationToken.None);
            manifest.Hash.ShouldBe(written.Hash);
            views.ShouldBe(written.Views);
            views.Sum(view => view.Rows).ShouldBeGreaterThan(100);
            (await new LogVerifier(copy.Get<LedgerDatabase>()).Verify(null, null, CancellationToken.None)).IsIntact.ShouldBeTrue();
            (await copy.Get<PersonalKeyRewrap>().Uses(CancellationToken.None)).ShouldAllBe(use => use.IsAtHand);
            (await Should.ThrowAsync<ArchiveException>(ImportLogCommand.Import(copy, directory.Path, CancellationToken.None))).Message.ShouldContain("not empty");
        }

        await using var going = await ledger.Elsewhere(Beside.AllWork, isNew: false);
        _ = await MoveTo(going, ledger.Tenant, Instant.FromUtc(2026, 3, 10, 12, 0));
        await going.CatchUp(CancellationToken.None);
        var numbers = await going.Get<LedgerDatabase>().QueryAsWorker(
            "select (data ->> 'number')::bigint from public.mt_events where type = 'invoice_issued' order by seq_id", [], row => row.GetInt64(0), CancellationToken.None);
        numbers.Count.ShouldBeGreaterThan(20);
        numbers.ShouldBe(Enumerable.Range(1, numbers.Count).Select(number => (long)number), "They go on without a gap.");
    }

    [Fact]
    public async Task What_is_not_as_it_was_written_is_refused_and_leaves_the_database_empty()
    {
        await using var ledger = await TestLedger.Start();
        var written = await Export(ledger);
        await using var copy = await ledger.Elsewhere(Beside.Nothing);
        (await Should.ThrowAsync<ArchiveException>(Export(ledger))).Message.ShouldContain("is not empty");

        var events = Path.Combine(directory.Path, written.Files.Single(file => file.Table == "public.mt_events").Name);
        var before = await File.ReadAllBytesAsync(events);
        await File.WriteAllTextAsync(events, "nothing");
        (await Refused(copy, written)).ShouldContain("its SHA-256 is another");
        File.Delete(events);
        (await Refused(copy, written)).ShouldContain("is missing");

        await File.WriteAllBytesAsync(events, Repacked(before, text => text.Replace("Telco", "Other", StringComparison.Ordinal)));
        var forged = written with { Files = [.. written.Files.Select(file => file.Table == "public.mt_events" ? file with { Sha256 = Hash(events) } : file)] };
        (await Refused(copy, forged)).ShouldContain("not the one that its block holds the digest of");
        await File.WriteAllBytesAsync(events, before);
        (await Refused(copy, written with { Hash = new string('0', 64) })).ShouldContain("another hash than its manifest says");
        (await Refused(copy, written with { Migrations = [.. written.Migrations, "9999_later.sql"] })).ShouldContain("newer schema");
        (await copy.Get<EventFeed>().Head(CancellationToken.None)).ShouldBe(0);

        File.Delete(Path.Combine(directory.Path, ArchiveManifest.FileName));
        Should.Throw<ArchiveException>(() => ArchiveManifest.Read(directory.Path)).Message.ShouldContain("not written to its end");
    }

    private Task<ArchiveManifest> Export(TestLedger ledger, long bytesMax = 64 << 20) => ledger.Get<LogExport>().Run(
        directory.Path, ledger.Get<IReadOnlyList<View>>(), null, SystemClock.Instance.GetCurrentInstant().ToMicroseconds(), CancellationToken.None, bytesMax);

    private async Task<string> Refused(OpenLedger copy, ArchiveManifest manifest) =>
        (await Should.ThrowAsync<ArchiveException>(copy.Get<LogImport>().Run(directory.Path, manifest, null, CancellationToken.None))).Message;

    private static async Task<long> MoveTo(OpenLedger ledger, Tenant.Known tenant, Instant to)
    {
        var (_, context) = await ledger.Tenant(tenant.Id.ToString(), "test", CancellationToken.None);
        var (id, rejection) = await ledger.Get<ClockAdvanceStart>().Request(tenant, to, context, CancellationToken.None);
        rejection.ShouldBeNull();
        _ = await ClockCommand.Completed(ledger, context.Tenant, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(120));
        return await ledger.Get<EventFeed>().Head(CancellationToken.None);
    }

    private static byte[] Repacked(byte[] packed, Func<string, string> change)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        var changed = new MemoryStream();
        using (var writer = new StreamWriter(new GZipStream(changed, CompressionLevel.Fastest))) writer.Write(change(reader.ReadToEnd()));
        return changed.ToArray();
    }

    private static string Hash(string path) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
}
