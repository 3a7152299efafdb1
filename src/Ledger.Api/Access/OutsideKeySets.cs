using Ledger.Domain.People;
using Ledger.Gateways.Outgoing;
using Ledger.Identity.Tokens;

namespace Ledger.Api.Access;

/// <summary>The keys that tenants' outside issuers publish, fetched when a token needs them.</summary>
/// <remarks>
/// They are kept for ten minutes. A token with a key that is not among them has them fetched again, at most once a minute, and so
/// does a fetch that failed; until one succeeds, those from before are good for an hour.
/// </remarks>
internal sealed class OutsideKeySets(OutgoingOptions options, IClock clock) : IDisposable
{
    private const int BytesMax = 64 * 1024;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(3);
    private static readonly Duration AgainAfter = Duration.FromMinutes(1), GoodFor = Duration.FromHours(1);

    private readonly HttpClient http = new(new OutgoingHandler(options with { Time = Time, AnswerMax = BytesMax }));
    private readonly Kept<(string Tenant, Uri Url), Fetched> kept = new(1000, Duration.FromMinutes(10));

    /// <summary>The set with this key, or the newest that could be had; null when there is none.</summary>
    public async ValueTask<string?> Find(string tenant, Uri url, OutsideAlgorithm algorithm, string? id, CancellationToken ct)
    {
        var (now, place) = (clock.GetCurrentInstant(), (tenant, url));
        _ = kept.TryGetOld(place, out var before);
        var set = await kept.Get(place, now, _ => Fetch(url, before, now), ct);
        if (set.AskedAt + AgainAfter <= now && (set.IsFailed || JsonWebKeys.Read(set.Keys, algorithm, id).Count == 0))
        {
            if (set.IsFirstToAskAgain) kept.Forget(place);
            set = await kept.Get(place, now, _ => Fetch(url, set, now), ct);
        }

        return set.Keys;
    }

    public void Dispose() => http.Dispose();

    private async Task<Fetched> Fetch(Uri url, Fetched? before, Instant now)
    {
        try
        {
            using var answer = await http.GetAsync(url);
            if (answer.IsSuccessStatusCode) return new(await answer.Content.ReadAsStringAsync(), now, now);
        }
        catch (Exception e) when (e is HttpRequestException or OutgoingRefusedException or IOException or OperationCanceledException) { }

        return before is not null && now < before.FetchedAt + GoodFor ? new(before.Keys, before.FetchedAt, now) : new(null, Instant.MinValue, now);
    }

    /// <param name="keys">Null when they could not be had.</param>
    private sealed class Fetched(string? keys, Instant fetchedAt, Instant askedAt)
    {
        private int askedAgain;

        public string? Keys => keys;
        public Instant FetchedAt => fetchedAt;
        public Instant AskedAt => askedAt;
        public bool IsFailed => fetchedAt != askedAt;
        public bool IsFirstToAskAgain => Interlocked.Exchange(ref askedAgain, 1) == 0;
    }
}
