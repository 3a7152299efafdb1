using System.Text;

namespace Ledger.EventStore.PersonalData;

/// <summary>The file of the master keys: base64 of 32 bytes a line, the first wraps. Only its owner may read it.</summary>
/// <remarks>
/// It is changed under a lock, by a new file that takes its place: whoever reads sees the old keys or the new ones, also when
/// the one who changes it is killed. What is added is on the disk before anybody can use it.
/// </remarks>
public sealed class MasterKeyFile(string path)
{
    private const int AttemptsMax = 200;
    private static readonly TimeSpan AttemptsApart = TimeSpan.FromMilliseconds(10);

    public string Path => path;

    /// <exception cref="MasterKeyException">It has something else in it, or nothing.</exception>
    public IReadOnlyList<MasterKey> Read() => Read(File.ReadAllText(path), path);

    /// <summary>Puts a new key before the others: from now on it wraps, and they still unwrap.</summary>
    /// <returns>The new key.</returns>
    public MasterKey Rotate()
    {
        var made = MasterKey.New();
        Change(keys => [made, .. keys]);
        return made;
    }

    /// <summary>Takes a key out. The first stays, and one that is not there is no matter.</summary>
    public void Remove(string id) => Change(keys => [keys[0], .. keys.Skip(1).Where(key => key.Id != id)]);

    /// <summary>The keys; where there is no file, or an empty one, it is made.</summary>
    /// <remarks>However many processes start at once, one makes the key and all read it: the file is locked while it is empty.</remarks>
    internal IReadOnlyList<MasterKey> ReadOrMake()
    {
        MakeDirectory();
        return Patiently(() =>
        {
            if (!File.Exists(path) || new FileInfo(path).Length == 0) Make();
            return Read();
        });
    }

    /// <param name="place">What the text is called in a message.</param>
    internal static IReadOnlyList<MasterKey> Read(string text, string place)
    {
        var keys = new List<MasterKey>();
        var lines = text.Split('\n', StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            var bytes = new byte[64];
            if (!Convert.TryFromBase64String(lines[i], bytes, out var length) || length != 32)
                throw new MasterKeyException($"{place}, line {i + 1}, is no master key. Each line is the base64 of 32 bytes, as `openssl rand -base64 32` makes it.");
            var key = new MasterKey(bytes[..32]);
            if (keys.TrueForAll(one => one.Id != key.Id)) keys.Add(key);
        }

        return keys.Count > 0 ? keys : throw new MasterKeyException($"{place} has no master key in it.");
    }

    private void Change(Func<IReadOnlyList<MasterKey>, IReadOnlyList<MasterKey>> change)
    {
        _ = ReadOrMake();
        _ = Patiently(() =>
        {
            using var alone = new FileStream(path + ".lock", Owned(FileMode.OpenOrCreate));
            Replace(change(Read()));
            return true;
        });
    }

    private void Replace(IReadOnlyList<MasterKey> keys)
    {
        var next = path + ".new";
        File.Delete(next);   // Left by one who was killed: it holds no key that anybody used.
        using (var file = new FileStream(next, Owned(FileMode.CreateNew)))
        {
            file.Write(Encoding.ASCII.GetBytes(string.Concat(keys.Select(key => key.Text + "\n"))));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
        using var moved = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        moved.Flush(flushToDisk: true);   // The new name too.
    }

    /// <exception cref="IOException">Another process is making it.</exception>
    private void Make()
    {
        using var file = new FileStream(path, Owned(FileMode.OpenOrCreate));
        if (file.Length > 0) return;
        file.Write(Encoding.ASCII.GetBytes(MasterKey.New().Text));
        file.Flush(flushToDisk: true);
    }

    private void MakeDirectory() => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);

    private static FileStreamOptions Owned(FileMode mode) => new()
    {
        Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    };

    /// <summary>Waits a while for another process that has the file open to make or change it.</summary>
    private static T Patiently<T>(Func<T> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try { return work(); }
            catch (IOException) when (attempt < AttemptsMax) { Thread.Sleep(AttemptsApart); }
        }
    }
}
