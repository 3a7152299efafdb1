using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ledger.Gateways.Post;

/// <summary>One conversation with an SMTP server, from the greeting on.</summary>
internal sealed class SmtpTalk : IAsyncDisposable
{
    private const int LineMax = 2000, LinesMax = 100;
    private readonly Socket socket;
    private Stream stream;
    private readonly byte[] buffer = new byte[LineMax];
    private int start, end;
    private string[] abilities = [];

    private SmtpTalk(Socket socket) => (this.socket, stream) = (socket, new NetworkStream(socket));

    /// <summary>Greets, makes the connection safe and logs in, as the settings say.</summary>
    public static async Task<SmtpTalk> Open(SmtpSettings settings, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var talk = default(SmtpTalk);
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, ct);
            talk = new(socket);
            if (settings.Security is SmtpSecurity.Tls) await talk.Secure(settings, ct);
            _ = await talk.Hear(220, ct);
            await talk.Greet(ct);
            if (settings.Security is SmtpSecurity.StartTls)
            {
                if (!talk.abilities.Contains("STARTTLS")) throw new PostException("tls_not_offered");
                await talk.Say("STARTTLS", 220, ct);
                if (talk.start != talk.end) throw new PostException("tls_failed");   // Said before the connection was safe: by nobody we know.
                await talk.Secure(settings, ct);
                await talk.Greet(ct);
            }

            if (settings.User is { } user) await talk.LogIn(user, settings.Password ?? "", ct);
            return talk;
        }
        catch
        {
            if (talk is not null) await talk.DisposeAsync();
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Says a line, and hears what it must bring.</summary>
    /// <exception cref="PostException">Something else was answered.</exception>
    public async Task Say(string line, int expected, CancellationToken ct)
    {
        await Write(line, ct);
        _ = await Hear(expected, ct);
    }

    /// <summary>The message itself, every line that begins with a dot with one more; then what became of it.</summary>
    public async Task Give(byte[] content, CancellationToken ct)
    {
        var text = Encoding.ASCII.GetString(content);
        if (text.StartsWith('.')) text = $".{text}";
        await Write(text.Replace("\r\n.", "\r\n..", StringComparison.Ordinal).TrimEnd('\r', '\n') + "\r\n.", ct);
        _ = await Hear(250, ct);
    }

    /// <summary>The message is sent: whatever goes wrong now does not matter.</summary>
    public async Task Quit(CancellationToken ct)
    {
        try { await Say("QUIT", 221, ct); }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or PostException) { }
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        socket.Dispose();
    }

    private async Task Greet(CancellationToken ct)
    {
        await Write("EHLO ledger.invalid", ct);
        abilities = [.. (await Hear(250, ct)).Select(line => line.ToUpperInvariant())];
    }

    private async Task LogIn(string user, string password, CancellationToken ct)
    {
        var ways = abilities.FirstOrDefault(line => line.StartsWith("AUTH ", StringComparison.Ordinal))?.Split(' ') ?? [];
        if (ways.Contains("PLAIN")) await Say($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", 235, ct);
        else if (ways.Contains("LOGIN"))
        {
            await Say("AUTH LOGIN", 334, ct);
            await Say(Base64(user), 334, ct);
            await Say(Base64(password), 235, ct);
        }
        else throw new PostException("login_not_offered");
    }

    private async Task Secure(SmtpSettings settings, CancellationToken ct)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = settings.Host };
        if (settings.CertificateFile is { } file)
        {
            var trusted = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            trusted.CustomTrustStore.ImportFromPemFile(file);
            options.CertificateChainPolicy = trusted;
        }

        var safe = new SslStream(stream);
        stream = safe;
        await safe.AuthenticateAsClientAsync(options, ct);
    }

    private async Task Write(string line, CancellationToken ct)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);
        await stream.FlushAsync(ct);
    }

    /// <summary>An answer, all its lines without their numbers.</summary>
    private async Task<List<string>> Hear(int expected, CancellationToken ct)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLine(ct);
            if (line.Length < 3 || lines.Count >= LinesMax || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
                throw new IOException("This is no SMTP.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length > 3 && line[3] == '-') continue;
            return code == expected || (expected is 250 && code is 251) ? lines : throw Refusal(code, lines[^1]);
        }
    }

    /// <summary>4xx passes; 5xx is for good, but for what an operator can mend: who may log in, and how.</summary>
    private static PostException Refusal(int code, string text)
    {
        var detail = text.Split(' ')[0];
        var enhanced = detail.Length is >= 5 and <= 9 && detail[0] is '4' or '5' && detail.All(letter => char.IsAsciiDigit(letter) || letter is '.') ? $"_{detail}" : "";
        return new($"smtp_{code.ToString(CultureInfo.InvariantCulture)}{enhanced}", isFinal: code >= 500 && code is not (>= 530 and <= 538));
    }

    private async Task<string> ReadLine(CancellationToken ct)
    {
        while (true)
        {
            var at = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            if (at >= 0)
            {
                var line = Encoding.UTF8.GetString(buffer, start, at - start).TrimEnd('\r');
                start = at + 1;
                return line;
            }

            Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
            (start, end) = (0, end - start);
            if (end == buffer.Length) throw new IOException("A line is too long.");
            var read = await stream.ReadAsync(buffer.AsMemory(end), ct);
            if (read == 0) throw new IOException("The connection ended.");
            end += read;
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
