using System.Net;
using System.Net.Sockets;
using System.Text;
using Ledger.Gateways.Post;
using Ledger.Testing;

namespace Ledger.Gateways.Tests.Post;

/// <summary>Mail as a server that is not ours takes it.</summary>
public class SmtpPostTests
{
    private static readonly Guid Id = new("0198f3c2-1111-7222-8333-944455556666");

    [MailServerFact]
    public async Task Mail_goes_over_a_connection_made_safe_and_logged_in()
    {
        using var server = new MailServer("starttls");
        var message = new PostMessage(Id, "jon@example.is", "Kvittun frá Brauð & co", ".dot\n\nHalló Jón") with
        {
            Html = "<p>Halló</p>", SenderName = "Brauð", ReplyTo = "shop@example.is",
            Attachments = [new("receipt-1.pdf", "application/pdf", Encoding.ASCII.GetBytes("%PDF-1.7"))],
        };
        (await new SmtpPost(Settings(server)).Send(message, CancellationToken.None)).ShouldBe($"<{Id}@ledger.example>");
        var mail = server.Mails.Single();
        (mail.From, mail.To, mail.IsSafe, mail.IsLoggedIn).ShouldBe(("billing@ledger.example", "jon@example.is", true, true));
        mail.Header("Message-ID").ShouldBe($"<{Id}@ledger.example>");
        mail.Header("Reply-To").ShouldBe("<shop@example.is>");
        Decoded(mail.Header("Subject")).ShouldBe("Kvittun frá Brauð & co");
        Decoded(mail.Header("From").Split(" <")[0]).ShouldBe("Brauð");
        mail.Content.ShouldContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(".dot\n\nHalló Jón")));
        mail.Content.ShouldContain("filename=\"receipt-1.pdf\"");
        mail.Content.ShouldContain(Convert.ToBase64String(Encoding.ASCII.GetBytes("%PDF-1.7")));
        mail.Content.Split("\r\n").ShouldAllBe(line => line.Length <= 998);
    }

    [MailServerFact]
    public async Task Mail_goes_over_tls_from_the_start()
    {
        using var server = new MailServer("tls");
        _ = await new SmtpPost(Settings(server) with { Security = SmtpSecurity.Tls, User = null }).Send(new(Id, "jon@example.is", "a", "b"), CancellationToken.None);
        server.Mails.Single().To.ShouldBe("jon@example.is");
    }

    [MailServerFact]
    public async Task Where_nobody_is_trusted_or_nothing_is_safe_nothing_is_sent()
    {
        using var server = new MailServer("starttls");
        (await Fails(Settings(server) with { CertificateFile = null })).Code.ShouldBe("tls_failed");
        (await Fails(Settings(server) with { Host = "127.0.0.1" })).Code.ShouldBe("tls_failed");   // Its name is not in the certificate.
        var refused = await Fails(Settings(server) with { Password = "wrong" });
        (refused.Code, refused.IsFinal).ShouldBe(("smtp_535_5.7.8", false));
        server.Mails.ShouldBeEmpty();

        using var plain = new MailServer("plain");
        (await Fails(Settings(plain))).Code.ShouldBe("tls_not_offered");
        plain.Mails.ShouldBeEmpty();
    }

    [MailServerFact]
    public async Task What_passes_is_told_from_what_is_for_good_and_from_what_nobody_knows()
    {
        using var server = new MailServer("starttls");
        var never = await Fails(Settings(server), "nobody@example.is");
        (never.Code, never.IsFinal, never.MayBeSent).ShouldBe(("smtp_550_5.1.1", true, false));
        never.ToString().ShouldNotContain("nobody@");
        var later = await Fails(Settings(server), "later@example.is");
        (later.Code, later.IsFinal, later.MayBeSent).ShouldBe(("smtp_451_4.3.0", false, false));
        var lost = await Fails(Settings(server), "broken@example.is");
        (lost.Code, lost.IsFinal, lost.MayBeSent).ShouldBe(("answer_lost", false, true));
        _ = await Fails(Settings(server), "broken@example.is");
        server.Mails.Select(one => one.Header("Message-ID")).Distinct().ShouldBe([$"<{Id}@ledger.example>"]);
        (await Fails(Settings(server) with { Port = 1 })).Code.ShouldBe("not_connected");
    }

    [MailServerFact]
    public async Task No_header_can_be_put_in()
    {
        using var server = new MailServer("plain");
        var settings = Settings(server) with { Security = SmtpSecurity.None, User = null };
        var message = new PostMessage(Id, "jon@example.is", "a\r\nBcc: eve@example.is", "b\r\n.\r\nQUIT") with { SenderName = "x\r\nBcc: eve@example.is" };
        _ = await new SmtpPost(settings).Send(message, CancellationToken.None);
        server.Mails.Single().Content.ShouldNotContain("\r\nBcc");
        foreach (var address in new[] { "a@b\r\nRCPT TO:<eve@example.is>", "<a@b>", "a b@c", "a@b@c", "@b", "a@", "jón@example.is" })
            (await Fails(settings, address)).Code.ShouldBe("address_not_valid", address);
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_said_before_the_connection_was_safe_is_not_heard()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            using var reader = new StreamReader(client.GetStream());
            await client.Client.SendAsync("220 x\r\n"u8.ToArray());
            _ = await reader.ReadLineAsync();
            await client.Client.SendAsync("250-x\r\n250 STARTTLS\r\n"u8.ToArray());
            _ = await reader.ReadLineAsync();
            await client.Client.SendAsync("220 go\r\n250 injected\r\n"u8.ToArray());
            _ = await reader.ReadLineAsync();
        });
        var settings = new SmtpSettings("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, "billing@ledger.example", SmtpSecurity.StartTls);
        (await Fails(settings)).Code.ShouldBe("tls_failed");
        await serving;
    }

    private static async Task<PostException> Fails(SmtpSettings settings, string to = "jon@example.is") =>
        await Should.ThrowAsync<PostException>(() => new SmtpPost(settings).Send(new(Id, to, "a", "b"), CancellationToken.None));

    private static SmtpSettings Settings(MailServer server) =>
        new("localhost", server.Port, "billing@ledger.example", SmtpSecurity.StartTls, MailServer.User, MailServer.Password, server.CertificateFile);

    private static string Decoded(string words) => string.Concat(words.Split(' ').Select(one => Encoding.UTF8.GetString(Convert.FromBase64String(one["=?utf-8?B?".Length..^2]))));
}
