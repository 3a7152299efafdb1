using Ledger.EventStore.Idempotency;
using Ledger.EventStore.Verification;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>What is wrong, given what everybody was told and what stands in the log.</summary>
internal sealed class Verdict
{
    private const int FindingsMax = 20;
    private readonly List<string> findings = [];
    private readonly History history;
    private readonly List<StoredEvent> log;

    private Verdict(History history, List<StoredEvent> log) => (this.history, this.log) = (history, log);

    public static async Task<IReadOnlyList<string>> Of(StoreFixture store, World world, IEnumerable<StoreFixture> processes, IEnumerable<Reader> readers)
    {
        var log = await store.Feed.After(0, int.MaxValue, CancellationToken.None);
        var verdict = new Verdict(world.History, log);
        verdict.findings.AddRange(world.History.Findings);
        verdict.CheckPlaces();
        verdict.CheckAnswers();
        verdict.CheckNumbers();
        verdict.CheckRequests();
        verdict.CheckMessages();
        foreach (var reader in readers) verdict.CheckReader(reader);
        verdict.findings.AddRange(await new Walk(world.History, log).Findings());
        foreach (var stream in world.Streams)
        {
            await verdict.CheckStream(store, stream);
            foreach (var process in processes) verdict.CheckMemory(process, stream);
        }

        await verdict.CheckTables(store);
        var report = await new LogVerifier(store.Database).Verify(null, null, CancellationToken.None);
        verdict.findings.AddRange(report.Findings.Select(one => $"The chain: {one}"));
        return [.. verdict.findings.Take(FindingsMax)];
    }

    /// <summary>Positions without gaps in the order of recording, versions without gaps in the order of positions.</summary>
    private void CheckPlaces()
    {
        var versions = new Dictionary<StreamId, long>();
        for (var i = 0; i < log.Count; i++)
        {
            var one = log[i];
            if (one.Position != i + 1) Find($"Position {one.Position} stands where {i + 1} should.");
            if (i > 0 && one.RecordedAt < log[i - 1].RecordedAt) Find($"Position {one.Position} is older than the one before.");
            var before = versions.GetValueOrDefault(one.Stream);
            if (one.Version != before + 1) Find($"Position {one.Position} is version {one.Version} after {before}.");
            versions[one.Stream] = one.Version;
        }
    }

    /// <summary>Every event stands once, where its writer was told; none is there that nobody was told of.</summary>
    private void CheckAnswers()
    {
        var byId = log.ToLookup(one => one.Id);
        var told = new HashSet<long>();
        foreach (var (commit, before, _, result) in history.Commits)
        {
            var committed = result as CommitResult.Committed;
            for (var i = 0; i < commit.Events.Count; i++)
            {
                var mine = byId[commit.Events[i].Id].ToList();
                if (committed is null && mine.Count > 0) Find($"A commit that was {Name(result)} stands at {mine[0].Position}.");
                if (committed is null) continue;
                if (mine is not [var one] || one.Position != committed.Positions[i] || one.Version != commit.Events[i].Version)
                    Find($"An event told to be at {committed.Positions[i]} is at {string.Join(',', mine.Select(at => at.Position))}.");
                else if (Number(one) is { } number && number != committed.Numbers[i])
                    Find($"Position {one.Position} has number {number}; told was {committed.Numbers[i]}.");
                if (committed.Positions[i] <= before) Find($"Position {committed.Positions[i]} was given when {before} stood.");
                if (!told.Add(committed.Positions[i])) Find($"Two were told to be at {committed.Positions[i]}.");
            }
        }

        foreach (var one in history.Commands.Where(one => one.Outcome.Events.Count > 0))
        {
            for (var i = 0; i < one.Outcome.Events.Count; i++)
            {
                var position = one.Outcome.Position - one.Outcome.Events.Count + i + 1;
                var stored = log.ElementAtOrDefault((int)position - 1);
                if (stored is null || !stored.Event.Equals(one.Outcome.Events[i].Event) || stored.Stream != one.Outcome.Events[i].Stream)
                    Find($"A command was told of {one.Outcome.Events[i]} at {position}; there is {stored?.Event}.");
                if (position <= one.Before) Find($"Position {position} was given when {one.Before} stood.");
                if (!told.Add(position)) Find($"Two were told to be at {position}.");
            }
        }

        foreach (var one in log.Where(one => !told.Contains(one.Position))) Find($"Nobody was told of position {one.Position}.");
    }

    private void CheckNumbers()
    {
        var numbers = log.Select(Number).OfType<long>().ToList();
        for (var i = 0; i < numbers.Count; i++)
            if (numbers[i] != i + 1) Find($"Receipt {numbers[i]} stands where {i + 1} should.");
    }

    /// <summary>One of each key was done, and its repeats were told what it was.</summary>
    private void CheckRequests()
    {
        var done = history.Commits.Where(one => one is { Result: CommitResult.Committed, Commit.Idempotency: not null });
        foreach (var twice in done.GroupBy(one => one.Commit.Idempotency!.Key).Where(one => one.Count() > 1))
            Find($"The key {twice.Key.Key} was used {twice.Count()} times.");
        foreach (var unknown in history.Commits.Where(one => one.Result is CommitResult.KeyKnown)
            .Where(one => !done.Any(first => first.Commit.Idempotency!.Key == one.Commit.Idempotency!.Key)))
            Find($"The key {unknown.Commit.Idempotency!.Key.Key} was said to be known.");

        var answered = history.Commands.Where(one => one.Request is not null).ToLookup(one => one.Request!.Key);
        foreach (var twice in answered.Where(one => one.Count() > 1)) Find($"The request {twice.Key.Key} was done {twice.Count()} times.");
        foreach (var (request, known) in history.Repeats)
        {
            if (answered[request.Key].FirstOrDefault() is not { } first) Find($"The request {request.Key.Key} was never done.");
            else if (!first.Request!.Hash.AsSpan().SequenceEqual(request.Hash)) Check(known.Kind == KnownRequestKind.OtherContent);
            else if (known.Kind == KnownRequestKind.Pending) Check(first.Outcome.Events.Any(one => one.Event is ReceiptIssued));
            else Check(known.Kind == KnownRequestKind.Answered && known.Answer!.Body.AsSpan().SequenceEqual(first.Body));

            void Check(bool isRight)
            {
                if (!isRight) Find($"A repeat of {request.Key.Key} was answered {known.Kind}, not as the first.");
            }
        }
    }

    /// <summary>Every event had one message, and every message one end.</summary>
    private void CheckMessages()
    {
        var ended = log.Select(one => one.Event).OfType<CounterRenamed>().ToList();
        foreach (var twice in ended.GroupBy(one => one.Name).Where(one => one.Count() > 1)) Find($"Message {twice.Key} ended {twice.Count()} times.");
        var seen = ended.Where(one => one.By != "0").ToLookup(one => one.By);
        foreach (var one in log.Where(one => one.Event is not CounterRenamed))
            if (seen[$"{one.Position}"].Count() is var times and not 1) Find($"Position {one.Position} led to {times} messages.");

        var names = ended.Select(one => one.Name).ToHashSet();
        foreach (var (commit, _, _, result) in history.Commits)
            foreach (var message in commit.Sends)
                if (names.Contains(message.Id.ToString()) != (result is CommitResult.Committed))
                    Find($"A message of a commit that was {Name(result)} {(result is CommitResult.Committed ? "was not" : "was")} handled.");
    }

    private void CheckReader(Reader reader)
    {
        if (!reader.Seen.SequenceEqual(log.Take(reader.Seen.Count).Select(one => one.Id)))
            Find("A reader saw other events than the log has.");
    }

    /// <summary>What is read of a stream is what its events in the log come to.</summary>
    private async Task CheckStream(StoreFixture store, Guid id)
    {
        var (state, version) = await store.Stored(id);
        var events = log.Count(one => one.Stream.Id == id);
        if (version != events || !IsSame(state, Folded(id, version))) Find($"Stream {id} is {state} at {version} of {events}.");
    }

    /// <summary>What a process remembers may be old, but it was so once.</summary>
    private void CheckMemory(StoreFixture process, Guid id)
    {
        if (!process.Hot.TryGet(StoreFixture.Tenant, Counter.Stream(id), out var state, out var version)) return;
        if (version > log.Count(one => one.Stream.Id == id) || !IsSame((Counter)state, Folded(id, version)))
            Find($"A process remembers {state} of stream {id}; at {version} it was {Folded(id, version)}.");
    }

    private Counter Folded(Guid id, long version) => log.Where(one => one.Stream.Id == id && one.Version <= version)
        .Select(one => (CounterEvent)one.Event).Aggregate(Counter.Initial, Counter.Evolve);

    private static bool IsSame(Counter one, Counter other) =>
        one with { Receipts = [] } == other with { Receipts = [] } && one.Receipts.SequenceEqual(other.Receipts);

    private async Task CheckTables(StoreFixture store)
    {
        if (await store.Count("select count(*) from ledger.messages") is var open and > 0) Find($"{open} messages are left.");
        if (await store.Count("select coalesce(max(last), 0) from ledger.numbers") is var last && last != log.Select(Number).OfType<long>().LastOrDefault())
            Find($"The next receipt would follow {last}.");
    }

    private static long? Number(StoredEvent stored) => (stored.Event as ReceiptIssued)?.Number;

    private static string Name(CommitResult? result) => result?.GetType().Name ?? "refused by SQL";

    private void Find(string finding) => findings.Add(finding);
}
