using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Ledger.Identity.Tokens;

/// <summary>The keys that sign access tokens: ES256, their private halves sealed, the public ones for everybody to see.</summary>
/// <remarks>
/// A new key is published <see cref="PublishedBefore"/> before it signs, so that whoever keeps the published ones has seen it;
/// an old one is believed until everything it signed has had its time.
/// </remarks>
public sealed class SigningKeys(LedgerDatabase database, PlatformKey platform) : IDisposable
{
    public static readonly Duration PublishedBefore = Duration.FromMinutes(5);
    public static readonly Duration SignsFor = Duration.FromDays(30);
    private static readonly Duration BelievedAfter = Duration.FromHours(1);
    private static readonly Duration KeptFor = Duration.FromSeconds(30);
    private static readonly Duration AskedAgainAfter = Duration.FromSeconds(2);

    private readonly SemaphoreSlim loading = new(1);
    private List<SigningKey> kept = [];
    private Instant keptAt = Instant.MinValue;

    /// <summary>All that are believed, newest first.</summary>
    public async ValueTask<IReadOnlyList<SigningKey>> All(Instant now, CancellationToken ct)
    {
        if (kept.Count == 0 || now - keptAt > KeptFor) await Load(now, ct);
        return kept;
    }

    /// <summary>The one that signs now.</summary>
    public async ValueTask<SigningKey> Current(Instant now, CancellationToken ct)
    {
        if (Signs(await All(now, ct), now) is { } key) return key;
        await Make(now, activeFrom: now, ct);
        await Load(now, ct);
        return Signs(kept, now)!;
    }

    /// <summary>The one of this id; null when it is not, or no longer, ours.</summary>
    public async ValueTask<SigningKey?> Find(string id, Instant now, CancellationToken ct)
    {
        if ((await All(now, ct)).FirstOrDefault(key => key.Id == id) is { } known) return known;
        if (now - keptAt < AskedAgainAfter) return null;   // Made-up ids do not make us ask all the time.
        await Load(now, ct);
        return kept.FirstOrDefault(key => key.Id == id);
    }

    /// <summary>Makes the next key; it signs soon, and the ones before are removed when their time is up.</summary>
    /// <returns>Its id.</returns>
    public Task<string> Rotate(Instant now, CancellationToken ct) => Make(now, now + PublishedBefore, ct);

    /// <summary>Makes a new key when the newest is old, and removes those that nothing is signed by any more.</summary>
    public async Task Tend(Instant now, CancellationToken ct)
    {
        await Load(now, ct);
        if (kept is [var newest, ..] && now - newest.ActiveFrom > SignsFor) _ = await Rotate(now, ct);
        if (Signs(kept, now) is { } current && now - current.ActiveFrom > BelievedAfter)
            _ = await database.RunAsWorker("delete from identity.signing_keys where active_from < $1", [current.ActiveFrom], ct);
    }

    public void Dispose() => loading.Dispose();

    private static SigningKey? Signs(IEnumerable<SigningKey> keys, Instant now) => keys.FirstOrDefault(key => key.ActiveFrom <= now);

    private async Task Load(Instant now, CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            var sealing = await platform.Get(ct);
            kept = await database.QueryAs("ledger_identity", "", "select id, public_key, private_key, active_from from identity.signing_keys order by active_from desc, id",
                [], row => new SigningKey(
                    row.GetString(0), row.GetFieldValue<byte[]>(1), sealing.OpenBytes(row.GetFieldValue<byte[]>(2)), row.GetInstant(3)), ct);
            keptAt = now;
        }
        finally { _ = loading.Release(); }
    }

    private async Task<string> Make(Instant now, Instant activeFrom, CancellationToken ct)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var id = Base64Url.EncodeToString(SHA256.HashData(made.ExportSubjectPublicKeyInfo()).AsSpan(0, 12));
        _ = await database.RunAsWorker(
            "insert into identity.signing_keys (id, public_key, private_key, created_at, active_from) values ($1, $2, $3, $4, $5)",
            [id, made.ExportSubjectPublicKeyInfo(), (await platform.Get(ct)).SealBytes(made.ExportPkcs8PrivateKey()), now, activeFrom], ct);
        return id;
    }
}

/// <summary>One of the keys. It may be used by many at once.</summary>
public sealed class SigningKey
{
    private readonly ConcurrentBag<ECDsa> idle = [];
    private readonly byte[] privateKey;

    internal SigningKey(string id, byte[] publicKey, byte[] privateKey, Instant activeFrom)
    {
        (Id, this.privateKey, ActiveFrom) = (id, privateKey, activeFrom);
        using var read = ECDsa.Create();
        read.ImportSubjectPublicKeyInfo(publicKey, out _);
        var point = read.ExportParameters(includePrivateParameters: false).Q;
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    public string Id { get; }

    public Instant ActiveFrom { get; }

    /// <summary>The public point, in base64url.</summary>
    public string X { get; }

    /// <inheritdoc cref="X"/>
    public string Y { get; }

    internal byte[] Sign(byte[] content) => With(key => key.SignData(content, HashAlgorithmName.SHA256));

    internal bool IsSigned(byte[] content, byte[] signature) => With(key => key.VerifyData(content, signature, HashAlgorithmName.SHA256));

    private T With<T>(Func<ECDsa, T> use)
    {
        if (!idle.TryTake(out var key))
        {
            key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(privateKey, out _);
        }

        try { return use(key); }
        finally { idle.Add(key); }
    }
}
