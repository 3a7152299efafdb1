using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.EventStore.Projecting;

namespace Ledger.EventStore.Archiving;

/// <summary>What an archive says of itself: <c>manifest.json</c>, written last.</summary>
/// <param name="Format">1.</param>
/// <param name="Position">Of the last event.</param>
/// <param name="Hash">Of the last block: all events follow from it.</param>
/// <param name="Migrations">The schema that its rows are of.</param>
/// <param name="Files">In the order in which they are read.</param>
/// <param name="Views">What the views came to at that position.</param>
public sealed record ArchiveManifest(
    int Format, Instant WrittenAt, long Position, string Hash, IReadOnlyList<string> Migrations, IReadOnlyList<ArchiveFile> Files, IReadOnlyList<ViewHash> Views)
{
    public const string FileName = "manifest.json";

    public const int FormatNow = 1;

    public long Rows => Files.Sum(file => file.Rows);

    /// <exception cref="ArchiveException">There is none that can be read, or it is of another format.</exception>
    public static ArchiveManifest Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path)) throw new ArchiveException($"{directory} has no {FileName}: it is no archive, or one that was not written to its end.");
        ArchiveManifest? manifest;
        try { manifest = JsonSerializer.Deserialize<ArchiveManifest>(File.ReadAllText(path), LedgerJson.Options); }
        catch (JsonException e) { throw new ArchiveException($"{path} cannot be read: {e.Message}"); }
        if (manifest is null or { Format: not FormatNow }) throw new ArchiveException($"{path} is of format {manifest?.Format}; this program reads {FormatNow}.");
        return manifest;
    }

    internal Task Write(string directory, CancellationToken ct) =>
        File.WriteAllTextAsync(Path.Combine(directory, FileName), JsonSerializer.Serialize(this, LedgerJson.Options) + "\n", ct);
}

/// <param name="Table">Whose rows are in it, a JSON object a line, packed by gzip.</param>
/// <param name="Sha256">Of the file as it is, in lower-case hex.</param>
public sealed record ArchiveFile(string Name, string Table, long Rows, string Sha256);

/// <summary>An archive that cannot be written there, or not be taken in; the message says why, in a line.</summary>
public sealed class ArchiveException(string message) : Exception(message);
