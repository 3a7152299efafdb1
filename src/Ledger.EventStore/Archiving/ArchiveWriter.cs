using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.EventStore.Archiving;

/// <summary>Writes the rows of one table into files of bounded size.</summary>
internal sealed class ArchiveWriter(string directory, string table, List<ArchiveFile> files, long bytesMax) : IAsyncDisposable
{
    private StreamWriter? open;
    private string name = "";
    private long rows, bytes;

    public async Task Write(string line, CancellationToken ct)
    {
        if (bytes >= bytesMax) await Close();
        if (open is null)
        {
            name = $"{files.Count + 1:D5}-{table[(table.IndexOf('.', StringComparison.Ordinal) + 1)..]}.ndjson.gz";
            open = new(new GZipStream(File.Create(Path.Combine(directory, name)), CompressionLevel.Fastest), new UTF8Encoding(false)) { NewLine = "\n" };
        }

        await open.WriteLineAsync(line.AsMemory(), ct);
        (rows, bytes) = (rows + 1, bytes + line.Length);
    }

    public async ValueTask DisposeAsync() => await Close();

    private async Task Close()
    {
        if (open is null) return;
        await open.DisposeAsync();
        files.Add(new(name, table, rows, await HashOf(Path.Combine(directory, name), CancellationToken.None)));
        (open, rows, bytes) = (null, 0, 0);
    }

    public static async Task<string> HashOf(string path, CancellationToken ct)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
    }
}
