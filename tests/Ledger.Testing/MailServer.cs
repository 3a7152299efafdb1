using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Ledger.Testing;

/// <summary>An SMTP server that is not ours: aiosmtpd, with a certificate of its own, a login, and a list of what it took.</summary>
/// <remarks>Of Debian's package python3-aiosmtpd. Where it is missing, tests that need it are skipped.</remarks>
public sealed class MailServer : IDisposable
{
    public const string User = "ledger", Password = "not a secret";

    private const string Script = """
        import asyncio, json, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

        folder, mode, user, password = sys.argv[1:5]
        def ok(server, session, envelope, mechanism, data):
            return AuthResult(handled=False, success=isinstance(data, LoginPassword) and data.login.decode() == user and data.password.decode() == password)

        class Handler:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith('nobody'): return '550 5.1.1 <%s> is nobody' % address
                if address.startswith('later'): return '451 4.3.0 come again'
                envelope.rcpt_tos.append(address)
                return '250 ok'
            async def handle_DATA(self, server, session, envelope):
                with open(folder + '/mails', 'a') as out:
                    out.write(json.dumps({'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'tls': session.ssl is not None,
                        'login': bool(session.authenticated), 'content': envelope.content.decode('latin-1')}) + '\n')
                if any(one.startswith('broken') for one in envelope.rcpt_tos):
                    server.transport.abort()
                return '250 taken'

        context = None
        if mode != 'plain':
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + '/cert.pem', folder + '/key.pem')
        def protocol():
            return SMTP(Handler(), tls_context=context if mode == 'starttls' else None, require_starttls=mode == 'starttls',
                auth_required=mode == 'starttls', authenticator=ok if mode == 'starttls' else None, hostname='localhost')
        async def main():
            loop = asyncio.get_running_loop()
            server = await loop.create_server(protocol, '127.0.0.1', 0, ssl=context if mode == 'tls' else None)
            print(server.sockets[0].getsockname()[1], flush=True)
            await loop.run_in_executor(None, sys.stdin.read)
        asyncio.run(main())
        """;

    /// <summary>The machine's own, for which Debian packages are.</summary>
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> IsThere = new(() =>
    {
        if (!File.Exists(Python)) return false;
        using var asked = Process.Start(new ProcessStartInfo(Python, ["-c", "import aiosmtpd"]) { RedirectStandardError = true })!;
        asked.WaitForExit();
        return asked.ExitCode == 0;
    });

    private readonly TestDirectory directory = new();
    private readonly Process process;

    /// <summary>Why it cannot be started on this machine; null where it can.</summary>
    public static string? WhyNot => IsThere.Value ? null : "There is no aiosmtpd here: apt-get install python3-aiosmtpd.";

    /// <param name="mode"><c>starttls</c> with a login, <c>tls</c> or <c>plain</c>.</param>
    public MailServer(string mode)
    {
        WriteCertificate();
        var script = Path.Combine(directory.Path, "server.py");
        File.WriteAllText(script, Script);
        process = Process.Start(new ProcessStartInfo(Python, [script, directory.Path, mode, User, Password])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = directory.Path,
        })!;
        var said = process.StandardOutput.ReadLine();
        Port = int.Parse(said ?? throw new InvalidOperationException("The mail server did not start."), CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    /// <summary>Whom to trust, to trust it.</summary>
    public string CertificateFile => Path.Combine(directory.Path, "cert.pem");

    /// <summary>What it took, in the order in which it came.</summary>
    public IReadOnlyList<TakenMail> Mails
    {
        get
        {
            var file = Path.Combine(directory.Path, "mails");
            if (!File.Exists(file)) return [];
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            var text = reader.ReadToEnd();
            return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Read)];
        }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        _ = process.WaitForExit(TimeSpan.FromSeconds(10));
        process.Dispose();
        directory.Dispose();
    }

    private static TakenMail Read(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return new(
            json.GetProperty("from").GetString()!, json.GetProperty("to")[0].GetString()!, json.GetProperty("tls").GetBoolean(), json.GetProperty("login").GetBoolean(),
            json.GetProperty("content").GetString()!);
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory.Path, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}

/// <param name="IsSafe">Whether the connection was.</param>
/// <param name="Content">As it came, with its headers.</param>
public sealed record TakenMail(string From, string To, bool IsSafe, bool IsLoggedIn, string Content)
{
    /// <summary>A header, its lines as one.</summary>
    public string Header(string name)
    {
        var head = Content.Split("\r\n\r\n")[0].Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n");
        return head.Single(line => line.StartsWith($"{name}: ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
    }
}
