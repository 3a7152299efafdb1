using System.Globalization;
using System.Text;

namespace Ledger.Gateways.Post;

/// <summary>For development: what would be sent is a file, to be read by whoever tries things.</summary>
/// <remarks>The oldest are removed when there are very many. Readable by the owner of the process alone.</remarks>
public sealed class PostFolder(string directory) : IPostOffice
{
    private const int FilesMax = 1000;

    public string Directory => directory;

    public async Task Send(Guid id, string to, string subject, string text, CancellationToken ct)
    {
        var folder = System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var old in folder.GetFiles("*.txt").OrderByDescending(file => file.Name, StringComparer.Ordinal).Skip(FilesMax - 1)) old.Delete();
        var name = string.Create(CultureInfo.InvariantCulture, $"{id:N}.txt");
        await File.WriteAllTextAsync(Path.Combine(directory, name), $"To: {Line(to)}\nSubject: {Line(subject)}\n\n{text}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ct);
    }

    /// <summary>A header is one line, whatever was given for it.</summary>
    private static string Line(string text) => text.ReplaceLineEndings(" ");
}
