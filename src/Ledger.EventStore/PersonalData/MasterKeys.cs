using System.Diagnostics;

namespace Ledger.EventStore.PersonalData;

/// <summary>The master keys at hand: the first wraps, all of them unwrap. Without them nothing personal can be read.</summary>
/// <remarks>
/// Where they come from a file, a change of it is noticed without a new start: by whoever wraps, since a new first key is to be
/// used at once, and by whoever meets a key that it does not know.
/// </remarks>
public sealed class MasterKeys
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly MasterKeyFile? file;
    private volatile IReadOnlyList<MasterKey> keys;
    private FileState? seen;
    private long lookedAt;

    private MasterKeys(IReadOnlyList<MasterKey> keys, MasterKeyFile? file, FileState? seen) => (this.keys, this.file, this.seen) = (keys, file, seen);

    /// <summary>All of them, in their order.</summary>
    public IReadOnlyList<MasterKey> All => keys;

    /// <summary>Where a key that is missing would have to be, for a message.</summary>
    public string Place => file?.Path ?? "LEDGER_MASTER_KEY";

    /// <summary>The keys of a file, which is made with a key of its own if it is missing or empty.</summary>
    /// <exception cref="MasterKeyException">The file has something else in it.</exception>
    public static MasterKeys FromFile(string path)
    {
        var file = new MasterKeyFile(path);
        var state = FileState.Of(path);
        var keys = file.ReadOrMake();
        return new(keys, file, state);
    }

    /// <param name="text">Base64 of 32 bytes each, one a line; blank lines are nothing.</param>
    /// <exception cref="MasterKeyException">It is something else.</exception>
    public static MasterKeys FromText(string text) => new(MasterKeyFile.Read(text, "LEDGER_MASTER_KEY"), null, null);

    public static implicit operator MasterKeys(MasterKey only) => Of(only);

    public static MasterKeys Of(params IReadOnlyList<MasterKey> keys) => new(keys, null, null);

    internal byte[] Wrap(byte[] secret)
    {
        LookAgain(anyway: false);
        return keys[0].Wrap(secret);
    }

    /// <exception cref="MasterKeyException">No key at hand opens it, nor one that is in the file by now.</exception>
    internal byte[] Unwrap(byte[] wrapped)
    {
        if (TryUnwrap(wrapped) is { } secret) return secret;
        LookAgain(anyway: true);
        return TryUnwrap(wrapped) ?? throw NotOpened(wrapped);
    }

    private byte[]? TryUnwrap(byte[] wrapped)
    {
        foreach (var key in keys)
            if (key.TryUnwrap(wrapped) is { } secret) return secret;
        return null;
    }

    /// <summary>Reads the file again if it has changed; or anyway, but no more than once in a while, however many ask.</summary>
    private void LookAgain(bool anyway)
    {
        if (file is null) return;
        var now = FileState.Of(file.Path);
        if (!anyway && (now is null || now == seen)) return;
        lock (gate)
        {
            if ((now is null || now == seen) && (!anyway || Stopwatch.GetElapsedTime(lookedAt) < LookAgainAfter && lookedAt > 0)) return;
            lookedAt = Stopwatch.GetTimestamp();
            try { (keys, seen) = (file.Read(), now); }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or MasterKeyException) { }   // Those at hand stay; who lacks one is told so.
        }
    }

    private MasterKeyException NotOpened(byte[] wrapped) => MasterKey.IdOf(wrapped) is { } id
        ? keys.Any(key => key.Id == id)
            ? new($"A personal key in the database is wrapped under the master key {id} but does not open: it was altered. Restore it from a backup.")
            : new($"A personal key in the database is wrapped under the master key {id}, which is not in {Place}. Put that key back, from where it is kept, as a line of its own; `ledger master-key status` says how much needs it.")
        : new($"A personal key in the database does not open with any master key of {Place}. Put the key back that it was wrapped with, from where it is kept, as a line of its own.");

    /// <summary>What tells a file from the one that was there before.</summary>
    private sealed record FileState(DateTime WrittenAt, long Length)
    {
        public static FileState? Of(string path) =>
            new FileInfo(path) is { Exists: true } file ? new(file.LastWriteTimeUtc, file.Length) : null;
    }
}
