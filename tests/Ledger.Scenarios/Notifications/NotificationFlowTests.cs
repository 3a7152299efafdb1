using Ledger.Domain.People;
using Ledger.Gateways.Post;
using Ledger.Scenarios.Payments;

namespace Ledger.Scenarios.Notifications;

/// <summary>What customers and admins are written, and what they are not.</summary>
public class NotificationFlowTests(NotificationApp shared) : IClassFixture<NotificationApp>
{
    /// <summary>C1, what the customer hears.</summary>
    [Fact]
    public async Task Who_pays_an_invoice_has_a_receipt_and_hears_of_points()
    {
        var (merchant, customer, email) = await Open();
        _ = (await merchant.Admin.Patch("/tenants/current/settings", new { loyalty_points_per_unit = 10 })).Is(200);
        await Pay(merchant, await merchant.Invoice(customer));
        var lines = await MessageLog.Until(merchant.Admin, $"?customer_id={customer}", "payment_receipt", "points_earned");
        lines.ShouldAllBe(one => MessageLog.Text(one, "status") == "sent" && MessageLog.Text(one, "channel") == "mail");

        var receipt = shared.Post.To(email).Single(one => one.Subject == "Receipt from Test");
        receipt.Text.ShouldStartWith("Hello Asha,\n\nWe received INR 185.00 on 1 Nov 2025.");
        receipt.Html!.ShouldContain("<p>Hello Asha,</p>");
        System.Text.Encoding.ASCII.GetString(receipt.Attachments.Single().Content.Span[..5]).ShouldBe("%PDF-");
        shared.Post.To(email).Single(one => one.Attachments.Count == 0).Text.ShouldContain("You have earned 1,850 points, and have 1,850 now.");
        (await MessageLog.Lines(merchant.Admin, "?event=points_earned&from_date=2025-11-01&to_date=2025-11-01")).Count.ShouldBe(1);
        (await MessageLog.Lines(merchant.Admin, "?to_date=2025-10-31")).ShouldBeEmpty();
        (await MessageLog.Lines(merchant.Admin, "?status=failed")).ShouldBeEmpty();
    }

    /// <summary>C4, what the customer hears.</summary>
    [Fact]
    public async Task Whose_card_is_declined_hears_of_it_once()
    {
        var (merchant, customer, email) = await Open();
        var invoice = await merchant.Invoice(customer);
        var intent = (await merchant.Admin.Post("/payment-intents", new { invoice_id = invoice })).Is(201);
        (await merchant.Browser(intent.Json["client_secret"]!.GetValue<string>(), Merchant.Declined)).EnsureSuccessStatusCode().Dispose();
        var line = (await MessageLog.Until(merchant.Admin, $"?customer_id={customer}", "payment_failed")).Single();
        MessageLog.Text(line, "invoice_id").ShouldBe(invoice);
        shared.Post.To(email).Single().Text.ShouldContain("A payment of INR 185.00 could not be made: the card was declined.");
    }

    /// <summary>C15.</summary>
    [Fact]
    public async Task Staff_send_a_message_and_are_told_what_cannot_be_sent()
    {
        var (merchant, customer, email) = await Open();
        var staff = merchant.Tenant.Staff;
        var data = new { customer_id = customer, job_id = "J-17" };
        var sent = (await staff.Post("/notifications", new { type = "appointment_confirmed", data }, "once")).Is(202);
        (await staff.Post("/notifications", new { type = "appointment_confirmed", data }, "once")).Is(202).Id.ShouldBe(sent.Id);
        var line = (await MessageLog.Until(staff, "", "appointment_confirmed")).Single();
        (MessageLog.Text(line, "notification_id"), MessageLog.Text(line, "status")).ShouldBe((sent.Id, "sent"));
        shared.Post.To(email).Single().Text.ShouldContain("Your appointment J-17 is confirmed.");

        using var anna = await shared.App.NewUser(merchant.Tenant, UserRole.Admin);   // Five a minute are for all keys of the tenant together.
        var admin = anna.AsClient();
        var refused = (await admin.Post("/notifications", new { type = "foo", data })).Refuses(400, "invalid_notification_type");
        refused.Json["title"]!.GetValue<string>().ShouldBe("Invalid notification type");
        (await admin.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = Guid.NewGuid(), job_id = "1" } })).Refuses(404, "customer_not_found");
        (await admin.Post("/notifications", new { type = "appointment_reminder", data })).Refuses(422, "notification_data_missing");
        (await admin.Post("/notifications", new { type = "invoice_created", data = new { customer_id = customer, invoice_id = Guid.NewGuid() } })).Refuses(404, "invoice_not_found");
        using var self = await shared.App.NewCustomer(merchant.Tenant);
        (await self.AsClient().Post("/notifications", new { type = "appointment_confirmed", data })).Refuses(403, "forbidden");
    }

    [Fact]
    public async Task More_than_five_a_minute_are_not_taken()
    {
        var (merchant, customer, _) = await Open();
        var data = new { customer_id = customer, job_id = "J-17" };
        using var browser = await shared.App.NewUser(merchant.Tenant, UserRole.Staff);
        for (var i = 0; i < 5; i++) _ = (await browser.AsClient().Post("/notifications", new { type = "appointment_confirmed", data })).Is(202);
        (await browser.AsClient().Post("/notifications", new { type = "appointment_confirmed", data })).Refuses(429, "too_many_requests");
        _ = await MessageLog.Until(merchant.Admin, "", [.. Enumerable.Repeat("appointment_confirmed", 5)]);
    }

    [Fact]
    public async Task A_reply_is_text_wherever_it_stands()
    {
        var (merchant, customer, email) = await Open();
        var data = new { customer_id = customer, subject = "Re: a\r\nBcc: eve@example.org", staff_name = "Anna {amount}", reply_text = "<b>Já</b> & {customer_name}", message_id = "M-1" };
        _ = (await merchant.Admin.Post("/notifications", new { type = "message_reply", data })).Is(202);
        _ = await MessageLog.Until(merchant.Admin, "", "message_reply");
        var mail = shared.Post.To(email).Single();
        mail.Subject.ShouldBe("Re: a  Bcc: eve@example.org");
        mail.Text.ShouldContain("<b>Já</b> & {customer_name}\n\nAnna {amount}");
        mail.Html!.ShouldContain("&lt;b&gt;");
    }

    [Fact]
    public async Task Wordings_are_changed_previewed_tried_and_brought_back()
    {
        var (merchant, customer, email) = await Open();
        var admin = merchant.Admin;
        var template = (await admin.Get("/message-templates?type=appointment_confirmed&language=en&channel=mail")).Is(200).Json["data"]!.AsArray().Single()!;
        template["built_in"]!.GetValue<bool>().ShouldBeTrue();
        var path = $"/message-templates/{template["id"]}";
        var wrong = (await admin.Patch(path, new { text = "Hi {nobody}" })).Refuses(400, "validation_failed");
        (wrong.Json["errors"]![0]!["pointer"]!.GetValue<string>(), wrong.Json["errors"]![0]!["code"]!.GetValue<string>()).ShouldBe(("/text", "unknown_placeholder"));
        wrong.Text.ShouldContain("{job_id}");
        (await admin.Patch(path, new { text = "Come: {job_id}", html = "<p>{job_id}</p>" })).Is(200).Json["built_in"]!.GetValue<bool>().ShouldBeFalse();
        (await admin.Post("/message-templates", new { type = "appointment_confirmed", language = "en", channel = "mail", subject = "a", text = "b" })).Refuses(409, "message_template_exists");

        var preview = (await admin.Post("/message-templates/previews", new { type = "booking_confirmed", language = "is", channel = "mail", html = "<i>{class_name}</i>" })).Is(200).Json;
        preview["html"]!.GetValue<string>().ShouldBe("<i>Yoga &lt;3</i>");
        var trial = $"{Guid.NewGuid():N}@example.org";
        _ = (await admin.Post($"{path}/tests", new { to = trial })).Refuses(400, "validation_failed");
        _ = (await admin.Post($"{path}/tests", new { to = email })).Refuses(400, "validation_failed");
        _ = (await admin.Post("/users", new { email = trial, password = LedgerApp.Password })).Is(201);
        _ = (await admin.Post($"{path}/tests", new { to = trial.ToUpperInvariant() })).Is(202);
        _ = (await admin.Post($"{path}/tests", new { to = "a\r\nb@c.is" })).Is(400);
        _ = await MessageLog.Until(admin, "", "appointment_confirmed");
        shared.Post.To(trial).Single().Text.ShouldBe("Come: J-17");

        _ = (await admin.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = customer, job_id = "<1>" } })).Is(202);
        _ = await MessageLog.Until(admin, "", "appointment_confirmed", "appointment_confirmed");
        shared.Post.To(email).Single().Html.ShouldBe("<p>&lt;1&gt;</p>");
        (await admin.Patch(path, new { active = false })).Is(200).Json["text"]!.GetValue<string>().ShouldContain("Your appointment {job_id} is confirmed.");
    }

    [Fact]
    public async Task A_customer_goes_without_what_may_be_done_without()
    {
        var (merchant, customer, email) = await Open();
        using var self = await shared.App.LogIn(merchant.Tenant, email);
        var own = self.AsClient();
        _ = (await own.Patch("/customers/me/notification-preferences", new { opted_out = new[] { "payment_receipt" } })).Refuses(422, "notification_not_optional");
        (await own.Patch("/customers/me/notification-preferences", new { opted_out = new[] { "appointment_reminder" }, language = "is" })).Is(200)
            .Json["language"]!.GetValue<string>().ShouldBe("is");
        _ = (await merchant.Admin.Post("/notifications", new { type = "appointment_reminder", data = new { customer_id = customer, job_id = "1", hours_until = 24 } })).Is(202);
        var skipped = (await MessageLog.Until(merchant.Admin, "", "appointment_reminder")).Single();
        (MessageLog.Text(skipped, "status"), MessageLog.Text(skipped, "reason")).ShouldBe(("skipped", "opted_out"));
        await Pay(merchant, await merchant.Invoice(customer));
        _ = await MessageLog.Until(merchant.Admin, "?status=sent", "payment_receipt");
        shared.Post.To(email).Single(one => one.Attachments.Count > 0).Text.ShouldContain("Við móttókum 185,00 INR þann 1.11.2025.");
    }

    [Fact]
    public async Task A_tenant_sends_by_sms_under_its_own_name_what_it_wants_to_send()
    {
        var (merchant, customer, email) = await Open();
        var admin = merchant.Admin;
        _ = (await admin.Patch("/tenants/current/notification-settings", new { sender_name = "The Shop", reply_to = "shop@example.org" })).Is(200);
        _ = (await admin.Patch($"/notification-events/{await Event(admin, "payment_receipt")}", new { channels = new[] { "sms", "mail" } })).Is(200);
        await Pay(merchant, await merchant.Invoice(customer));
        _ = await MessageLog.Until(admin, "", "payment_receipt", "payment_receipt");
        shared.Post.To(Phone).Count(one => one.Text.StartsWith("Test: We received INR 185.00", StringComparison.Ordinal)).ShouldBe(1);
        var mail = shared.Post.To(email).Single();
        (mail.SenderName, mail.ReplyTo).ShouldBe(("The Shop", "shop@example.org"));

        _ = (await admin.Patch($"/notification-events/{await Event(admin, "payment_receipt")}", new { enabled = false })).Is(200);
        _ = (await admin.Patch($"/notification-events/{await Event(admin, "appointment_confirmed")}", new { enabled = false })).Is(200);
        await Pay(merchant, await merchant.Invoice(customer));
        var job = new { customer_id = customer, job_id = "1" };
        _ = (await admin.Post($"/notification-events/{await Event(admin, "appointment_confirmed")}/trigger", new { data = job })).Is(202);   // What comes later is there: so is all before it.
        _ = await MessageLog.Until(admin, "", "payment_receipt", "payment_receipt", "appointment_confirmed");
        MessageLog.Text((await MessageLog.Lines(admin))[0], "reason").ShouldBe("not_enabled");
        (await admin.Patch($"/notification-events/{Guid.NewGuid()}", new { enabled = false })).Refuses(404, "notification_event_not_found");
    }

    [Fact]
    public async Task An_invoice_is_sent_to_who_wants_invoices()
    {
        var (merchant, customer, email) = await Open();
        _ = await merchant.Invoice(customer);
        _ = (await merchant.Admin.Patch($"/customers/{customer}", new { auto_send_invoices = true })).Is(200);
        var invoice = await merchant.Invoice(customer);
        var line = (await MessageLog.Until(merchant.Admin, "", "invoice_created")).Single();
        MessageLog.Text(line, "invoice_id").ShouldBe(invoice);
        var mail = shared.Post.To(email).Single();
        mail.Subject.ShouldBe("Invoice INV-000002 from Test");
        mail.Attachments.Single().FileName.ShouldBe("INV-000002.pdf");
    }

    [Fact]
    public async Task What_fails_is_tried_again_by_the_tenants_clock_and_given_up_in_the_end()
    {
        var (merchant, customer, email) = await Open();
        var shop = new Shop(merchant.Tenant);
        shared.Post.Fail(email, new PostException("smtp_451"));
        _ = (await merchant.Admin.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = customer, job_id = "1" } })).Is(202);
        var line = await MessageLog.Newest(merchant.Admin, "pending", 1);
        (MessageLog.Text(line, "reason"), line["next_at"]!.GetValue<DateTimeOffset>()).ShouldBe(("smtp_451", DateTimeOffset.Parse("2025-11-01T12:01:00Z", System.Globalization.CultureInfo.InvariantCulture)));
        shared.Post.Fail(email, new PostException("answer_lost") { MayBeSent = true });
        await shop.Advance("2025-11-01T12:01:00Z");
        _ = await MessageLog.Newest(merchant.Admin, "pending", 2);
        shared.Post.Fail(email, new PostException("smtp_550_5.1.1", isFinal: true));
        await shop.Advance("2025-11-01T12:06:00Z");
        MessageLog.Text(await MessageLog.Newest(merchant.Admin, "failed", 3), "reason").ShouldBe("smtp_550_5.1.1");
        var tries = shared.Post.To(email);
        tries.Select(one => one.Id).Distinct().Count().ShouldBe(1);
        tries.Select(one => one.MayBeSent).ShouldBe([false, false, true]);
    }

    [Fact]
    public async Task Who_has_no_address_is_not_written_and_who_was_erased_neither()
    {
        var (merchant, customer, email) = await Open();
        var nobody = await merchant.Customer();
        await Pay(merchant, await merchant.Invoice(nobody));
        _ = (await merchant.Admin.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = nobody, job_id = "1" } })).Is(202);
        MessageLog.Text((await MessageLog.Until(merchant.Admin, "", "appointment_confirmed")).Single(), "reason").ShouldBe("no_address");

        shared.Post.Fail(email, new PostException("smtp_451"));
        _ = (await merchant.Admin.Post("/notifications", new { type = "appointment_confirmed", data = new { customer_id = customer, job_id = "1" } })).Is(202);
        _ = await MessageLog.Newest(merchant.Admin, "pending", 1);
        _ = (await merchant.Admin.Delete($"/customers/{customer}")).Is(204);
        await new Shop(merchant.Tenant).Advance("2025-11-01T13:00:00Z");
        MessageLog.Text(await MessageLog.Newest(merchant.Admin, "skipped", 2), "reason").ShouldBe("customer_deleted");
        shared.Post.To(email).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_step_of_dunning_is_written_and_a_card_that_expires_once()
    {
        var shop = await Shop.Open(shared.App);
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await shop.Admin.Patch("/tenants/current/dunning-config", new { dunning_settling_attempts = 3, failed_payment_cancelled_days = 5 })).Is(200);
        var customer = (await shop.Admin.Post("/customers", new { full_name = "Jón", email })).Is(201).Id;
        _ = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = "sbx_visa_0002_1225" })).Is(201);
        var subscription = await shop.Subscribe(customer);
        _ = await shop.Settled(subscription);
        await shop.Advance("2025-12-02T12:00:00Z");
        _ = await MessageLog.Until(
            shop.Admin, "", "payment_failed", "payment_retry_failed", "payment_retry_failed", "dunning_final_notice", "subscription_expired", "card_expiring");
        var mails = shared.Post.To(email);
        mails.Count.ShouldBe(6);
        mails.Single(one => one.Subject == "Final notice from Test").Text.ShouldContain("We could not collect ISK 15,000 for invoice INV-000001, and will not try again. Without payment your subscription ends on 6 Nov 2025.");
        mails.Count(one => one.Text.Contains("Attempt 3 to collect ISK 15,000 failed: the card was declined.", StringComparison.Ordinal)).ShouldBe(1);
        mails.Single(one => one.Subject == "Your card is about to expire").Text.ShouldContain("Your visa card ending in 0002 expires 12/2025.");
        await shop.Advance("2025-12-20T12:00:00Z");
        (await MessageLog.Lines(shop.Admin, "?event=card_expiring")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Admins_hear_of_an_endpoint_that_was_given_up()
    {
        var merchant = await Merchant.Open(shared.App);
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await merchant.Admin.Post("/users", new { email, name = "Anna", role = "admin", password = LedgerApp.Password })).Is(201);
        _ = (await merchant.Admin.Post("/users", new { email = $"{Guid.NewGuid():N}@example.org", name = "Eve", password = LedgerApp.Password })).Is(201);
        var endpoint = (await merchant.Admin.Post("/webhook-endpoints", new { url = "https://hooks.example.org/a" })).Is(201).Id;
        var commands = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<EventStore.CommandHandler>(shared.App.Services);
        _ = await commands.Handle(
            new Domain.Webhooks.DisableWebhookEndpoint(new(Guid.Parse(endpoint)), Domain.Webhooks.WebhookFault.FailedTooLong),
            new(merchant.Tenant.Name, "test", "test", NodaTime.SystemClock.Instance.GetCurrentInstant()), CancellationToken.None);
        var line = (await MessageLog.Until(merchant.Admin, "", "webhook_endpoint_disabled")).Single();
        (line["user_id"] is not null, line["customer_id"] is null).ShouldBe((true, true));
        shared.Post.To(email).Single().Text.ShouldContain("Nothing is sent to https://hooks.example.org/a any more: nothing has arrived for days.");
    }

    private string Phone { get; } = $"+3547{Random.Shared.Next(100000, 999999)}";

    private async Task<(Merchant Merchant, string Customer, string Email)> Open()
    {
        var merchant = await Merchant.Open(shared.App);
        var email = $"{Guid.NewGuid():N}@example.org";
        var customer = (await merchant.Admin.Post("/customers", new { full_name = "Asha", email, phone_number = Phone })).Is(201).Id;
        return (merchant, customer, email);
    }

    private static async Task Pay(Merchant merchant, string invoice)
    {
        var intent = (await merchant.Admin.Post("/payment-intents", new { invoice_id = invoice })).Is(201);
        (await merchant.Browser(intent.Json["client_secret"]!.GetValue<string>())).EnsureSuccessStatusCode().Dispose();
    }

    private static async Task<string> Event(LedgerClient admin, string type) => (await admin.Get("/notification-events")).Is(200).Json["data"]!.AsArray()
        .Single(one => one!["type"]!.GetValue<string>() == type)!["id"]!.GetValue<string>();
}
