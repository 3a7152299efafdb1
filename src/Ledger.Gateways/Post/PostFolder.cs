using System.Globalization;
using System.Text;

namespace Ledger.Gateways.Post;

/// <summary>For development: what would be sent is a file, to be read by whoever tries things.</summary>
/// <remarks>The oldest are removed when there are very many. Readable by the owner of the process alone.</remarks>
public sealed class PostFolder(string directory) : IPostOffice
{
    private const int FilesMax = 1000, TidyEvery = 50;
    private int written;

    public string Directory => directory;

    public async Task<string?> Send(PostMessage message, CancellationToken ct)
    {
        var folder = System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (Interlocked.Increment(ref written) % TidyEvery == 1) Tidy(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"{message.Id:N}");
        var head = new StringBuilder($"To: {Line(message.To)}\nSubject: {Line(message.Subject)}\n");
        if (message.SenderName is { } sender) _ = head.Append(CultureInfo.InvariantCulture, $"From: {Line(sender)}\n");
        for (var i = 0; i < message.Attachments.Count; i++)
        {
            var file = $"{name}-{i}{Path.GetExtension(message.Attachments[i].FileName)}";
            await File.WriteAllBytesAsync(Path.Combine(directory, file), message.Attachments[i].Content, ct);
            _ = head.Append(CultureInfo.InvariantCulture, $"Attachment: {Line(message.Attachments[i].FileName)} ({file})\n");
        }

        // Whoever reads the folder sees a file whole or not at all.
        var whole = Path.Combine(directory, $"{name}.part");
        await File.WriteAllTextAsync(whole, $"{head}\n{message.Text}\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ct);
        File.Move(whole, Path.Combine(directory, $"{name}.txt"), overwrite: true);
        return null;
    }

    private static void Tidy(DirectoryInfo folder)
    {
        foreach (var old in folder.GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(FilesMax - 1))
        {
            try { old.Delete(); }
            catch (IOException) { }   // Another process was first.
        }
    }

    /// <summary>A header is one line, whatever was given for it.</summary>
    private static string Line(string text) => MailText.OneLine(text);
}
