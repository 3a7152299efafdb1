using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.EventStore.Verification;
using Ledger.Workers.Hosting;

namespace Ledger.Cli;

/// <summary><c>ledger head</c>: signs the end of the log as it is now, to be kept elsewhere.</summary>
internal static class HeadCommand
{
    private static readonly Option<FileInfo?> Key = new("--key")
    {
        Description = "The private key, made with its public half beside it if there is none. [default: head.key, where the ledger lives]", HelpName = "file",
    };

    private static readonly Option<FileInfo?> Out = new("--out", "-o") { Description = "Where to write the head. [default: the standard output]", HelpName = "file" };

    public static Command Create() => new LedgerCommand(
        "head", "Sign the end of the log as it is now. Keep heads, and the key, where nobody who runs the database can reach them: `ledger verify --head` then shows whether anything up to there was cut off or written anew.",
        "ledger head --out head-2026-01-31.json", "ledger head --key /safe/head.key --out /safe/head.json") { Key, Out }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        var head = await Sign(ledger, asked.GetValue(Key)?.FullName ?? DefaultKey, ct);
        await ledger.Get<SignedHeads>().Keep(head, ct);
        var json = Json(head);
        if (asked.GetValue(Out) is { } file) await File.WriteAllTextAsync(file.FullName, json + "\n", ct);
        else Screen.Line(json);
    }

    internal static string DefaultKey => Path.Combine(LedgerSettings.FromEnvironment().Directory, "head.key");

    internal static async Task<SignedHead> Sign(OpenLedger ledger, string keyPath, CancellationToken ct)
    {
        if (!File.Exists(keyPath))
        {
            HeadKeys.Create(keyPath);
            await Console.Error.WriteLineAsync($"A key was made: {keyPath}, and its public half {HeadKeys.PublicPathOf(keyPath)}.");
        }

        using var key = ReadKey(keyPath);
        try { return SignedHead.Sign(await LogHead.Read(ledger.Get<LedgerDatabase>(), ct), key); }
        catch (CryptographicException) { throw new RefusedException($"{keyPath} cannot sign. It takes the private key, not its public half."); }
    }

    internal static ECDsa ReadKey(string path)
    {
        try { return HeadKeys.Read(path); }
        catch (CryptographicException e) { throw new RefusedException($"{path} has no key for heads: {e.Message}"); }
    }

    internal static string Json(SignedHead head) => JsonSerializer.Serialize(head, LedgerJson.Options);

    /// <exception cref="RefusedException">The file has no head, or one that this key has not signed.</exception>
    internal static SignedHead Read(string path, string keyPath)
    {
        using var key = ReadKey(keyPath);
        SignedHead? head;
        try { head = JsonSerializer.Deserialize<SignedHead>(File.ReadAllText(path), LedgerJson.Options); }
        catch (JsonException) { head = null; }
        if (head is not { Hash: not null, Signature: not null }) throw new RefusedException($"{path} has no head as `ledger head` writes it.");
        return head.IsSignedBy(key) ? head : throw new RefusedException($"{path} was not signed by the key {HeadKeys.IdOf(key)} of {keyPath}: it was changed, or it is another key's.");
    }
}
