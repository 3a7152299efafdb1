using Ledger.Gateways.Post;
using Ledger.Scenarios.Payments;
using Ledger.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Scenarios.Notifications;

/// <summary>Messages as they arrive: at a mail server that is not ours, and at an API for SMS.</summary>
public class NotificationMailTests
{
    private const string SmsPath = "/2010-04-01/Accounts/AC1/Messages.json";

    [Fact]
    public async Task A_live_tenant_hears_of_its_cards_by_the_wall_clock_and_once()
    {
        string customer;
        TestTenant tenant;
        await using var first = await LedgerApp.Start(runsWorkers: false);
        {
            tenant = await first.NewTenant(mode: Domain.Tenancy.TenantMode.Live);
            customer = (await tenant.Admin.Post("/customers", new { full_name = "Jón", email = $"{Guid.NewGuid():N}@example.org" })).Is(201).Id;
            foreach (var card in new[] { $"sbx_visa_4242_{DateTime.UtcNow:MMyy}", "sbx_visa_4242_1239" })
                _ = (await tenant.Admin.Post($"/customers/{customer}/payment-methods", new { token = card })).Is(201);
        }

        // Each that comes after looks at once, and finds that it was looked at.
        for (var i = 0; i < 2; i++)
        {
            await using var next = await LedgerApp.Start(connectionString: first.ConnectionString);
            var admin = tenant.Admin.At(next.Address);
            _ = (await admin.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = customer, job_id = "1" } })).Is(202);
            _ = await MessageLog.Until(admin, "", [.. Enumerable.Repeat("appointment_confirmed", i + 1), "card_expiring"]);
        }
    }

    [MailServerFact]
    public async Task A_receipt_arrives_by_mail_with_its_paper_and_by_sms()
    {
        using var server = new MailServer("starttls");
        await using var api = await WebhookConsumer.Start();
        api.Answer(SmsPath, async (http, _) =>
        {
            http.Response.StatusCode = 201;
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, """{"sid":"SM1"}""");
        });
        var settings = new PostSettings(
            new("localhost", server.Port, "billing@ledger.example", SmtpSecurity.StartTls, MailServer.User, MailServer.Password, server.CertificateFile),
            new(api.At("/"), "AC1", "token", "+15005550006"));
        await using var app = await LedgerApp.Start(replace: services =>
            services.AddSingleton(settings.Open("/nowhere")).AddSingleton(all => new SandboxPost(all.GetRequiredService<IPostOffice>())));
        var merchant = await Merchant.Open(app);
        var events = (await merchant.Admin.Get("/notification-events")).Is(200).Json["data"]!.AsArray();
        var receipt = events.Single(one => MessageLog.Text(one!, "type") == "payment_receipt")!["id"];
        _ = (await merchant.Admin.Patch($"/notification-events/{receipt}", new { channels = new[] { "mail", "sms" } })).Is(200);
        var customer = (await merchant.Admin.Post("/customers", new { full_name = "Asha Þórsdóttir", email = "asha@example.org", phone_number = "+3547771234" })).Is(201).Id;
        var intent = (await merchant.Admin.Post("/payment-intents", new { invoice_id = await merchant.Invoice(customer) })).Is(201);
        (await merchant.Browser(intent.Json["client_secret"]!.GetValue<string>())).EnsureSuccessStatusCode().Dispose();
        var lines = await MessageLog.Until(merchant.Admin, "?status=sent", "payment_receipt", "payment_receipt");

        var mail = server.Mails.Single();
        (mail.To, mail.IsSafe, mail.IsLoggedIn).ShouldBe(("asha@example.org", true, true));
        mail.Header("Subject").ShouldBe("Receipt from Test");
        mail.Header("Message-ID").ShouldBe($"<{MessageLog.Text(lines.Single(one => MessageLog.Text(one, "channel") == "mail"), "id")}@ledger.example>");
        mail.Content.ShouldContain("Content-Type: application/pdf");
        mail.Content.ShouldContain("JVBERi0");   // %PDF-
        var sms = api.Heard(SmsPath).Single();
        sms.Body.ShouldStartWith("To=%2B3547771234&Body=Test%3A+We+received+INR+185.00");
        sms.Headers["idempotency-key"].ShouldBe(MessageLog.Text(lines.Single(one => MessageLog.Text(one, "channel") == "sms"), "id"));
    }
}
