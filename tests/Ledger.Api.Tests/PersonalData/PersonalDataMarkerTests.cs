using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Decisions;
using Ledger.Decisions.Json;
using Ledger.Domain.Billing;
using Ledger.Domain.Customers;
using Ledger.Domain.Notifications;
using Ledger.Domain.People;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Webhooks;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.EventStore.Verification;
using Ledger.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.PersonalData;

/// <summary>Markers in everything personal, a life with all that Ledger does, and then a look at every byte it left.</summary>
[Collection("bytes")]
public sealed class PersonalDataMarkerTests
{
    private const string Statistics = "pg_statistic";
    private static readonly MasterKeys Master = new MasterKey(SHA256.HashData("tests"u8));

    [Fact]
    public async Task No_byte_of_a_person_is_ever_in_the_clear_and_after_erasure_nothing_opens_to_one()
    {
        await using var cluster = await TestCluster.Start();
        var connectionString = await cluster.CreateDatabase();
        await using var stored = new StoredBytes(cluster, connectionString);
        using var said = new Overheard();
        var (person, other, staff) = (new Marker(), new Marker(), new Marker());
        await using (var app = await LedgerApp.Start(connectionString: connectionString, logLevel: "Verbose"))
        {
            var life = new Life(app, await app.NewTenant());
            await life.Live(person);
            var stays = new Life(app, await app.NewTenant());
            await stays.Live(other);
            await Employ(app, life.Tenant, staff);
            await app.Services.GetRequiredService<ViewRebuild>().Run(app.Services.GetRequiredService<IReadOnlyList<View>>(), null, CancellationToken.None);

            foreach (var marker in new[] { person, other, staff })
            {
                (await stored.TablesWith(marker)).ShouldBeEmpty();
                (await stored.FilesWith(marker)).ShouldBeEmpty();
                life.Problems.Concat(stays.Problems).Where(marker.IsIn).ShouldBeEmpty();
            }

            await stored.Run("analyze");   // Samples of what is stored go into the statistics, which stay as they are when a row changes.
            var before = await SealedValues.Open(stored, Master);
            var customers = $"views.customers_v{new Projections.Customers.CustomerView().Version}";
            before.Where(one => person.IsIn(one.Plain)).Select(one => one.Table).Distinct().Except([Statistics])
                .ShouldBe(["mt_events", "ledger.idempotency", $"{customers}_1", $"{customers}_2"], ignoreOrder: true);
            var report = (await life.Tenant.Admin.Get("/reports/mrr")).Is(200).Json["currencies"]!.ToJsonString();
            var invoices = (await life.Tenant.Admin.Get("/invoices")).Is(200).Json["data"]!.ToJsonString();

            await life.End();

            var after = await SealedValues.Open(stored, Master);
            after.Where(one => person.IsIn(one.Plain)).Select(one => one.Table).ShouldBeEmpty();
            after.Count(one => one.Table != Statistics && other.IsIn(one.Plain)).ShouldBe(before.Count(one => one.Table != Statistics && other.IsIn(one.Plain)));
            (await stored.Query($"select count(*)::text from ledger.personal_index where subject_id = '{life.Customer}'")).ShouldBe(["0"]);
            (await life.Tenant.Admin.Get("/invoices")).Is(200).Json["data"]!.ToJsonString().ShouldBe(invoices);
            (await life.Tenant.Admin.Get("/reports/mrr")).Is(200).Json["currencies"]!.ToJsonString().ShouldNotBe(report, "the subscription ended");
            (await new LogVerifier(app.Services.GetRequiredService<LedgerDatabase>()).Verify(null, null, CancellationToken.None)).IsIntact.ShouldBeTrue();
            (await stored.FilesWith(person)).ShouldBeEmpty();
        }

        said.Text.ShouldContain("createCustomer 201");
        person.IsIn(said.Text).ShouldBeFalse();
        other.IsIn(said.Text).ShouldBeFalse();
        staff.IsIn(said.Text).ShouldBeFalse();
    }

    /// <summary>Somebody who works for the tenant, logs in, forgets the password, and is let go.</summary>
    private static async Task Employ(LedgerApp app, TestTenant tenant, Marker marker)
    {
        var email = $"{marker.Text(1)}@x.example";
        var id = (await tenant.Admin.Post("/users", new { email, name = marker.Text(2), password = LedgerApp.Password })).Is(201).Id;
        _ = (await tenant.Admin.Put("/tenants/current/outside-issuer", new { issuer = "i", algorithm = "hs256", secret = marker.Text(3) + new string('x', 32) })).Is(200);
        _ = (await tenant.Admin.Post("/webhook-endpoints", new { url = "https://example.com/hook", secret = $"whsec_{Convert.ToBase64String(Encoding.ASCII.GetBytes(marker.Text(4) + new string('x', 32)))}" })).Is(201);
        var template = (await tenant.Admin.Get("/message-templates")).Is(200).Json["data"]![0]!["id"]!.GetValue<string>();
        _ = (await tenant.Admin.Post($"/message-templates/{template}/tests", new { to = email })).Is(202);
        using var browser = app.Browse(tenant);
        _ = (await browser.LogIn(new { grant = "password", email, password = "not the right one" })).Refuses(401, "wrong_credentials");
        _ = (await browser.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
        _ = (await browser.Post("/auth/password-resets", new { email })).Is(202);
        _ = (await tenant.Admin.Get("/users")).Is(200);
        _ = (await tenant.Admin.Delete($"/users/{id}")).Is(204);
    }

    [Fact]
    public async Task A_marker_that_is_stored_is_found_in_whatever_form()
    {
        await using var cluster = await TestCluster.Start();
        await using var stored = new StoredBytes(cluster, await cluster.CreateDatabase());
        await stored.Run("create schema hidden; create table hidden.place (kept text, raw bytea)");
        foreach (var form in new Func<string, string>[]
        {
            text => $"insert into hidden.place values ('a {text} b')",
            text => $"insert into hidden.place (raw) values (convert_to('xy{text}', 'UTF8'))",
            text => $"insert into hidden.place values ('{Convert.ToHexString(Encoding.UTF8.GetBytes("x" + text))}')",
            text => $"insert into hidden.place values ('{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}')",
            text => $"insert into hidden.place values ('{Convert.ToBase64String(Encoding.UTF8.GetBytes("x" + text + "y"))}')",
            text => $"insert into hidden.place values ('{Convert.ToBase64String(Encoding.UTF8.GetBytes("xy" + text + "yz"))}')",
        })
        {
            foreach (var of in new Func<Marker, string>[] { one => one.Text(1), one => one.Digits(1) })
            {
                var marker = new Marker();
                await stored.Run(form(of(marker)));
                (await stored.TablesWith(marker)).ShouldBe(["hidden.place"], form(""));
                (await stored.FilesWith(marker)).ShouldContain(file => file.Contains("/pg_wal/", StringComparison.Ordinal), form(""));
                marker = new Marker();
                (await stored.TablesWith(marker)).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Whatever_is_personal_in_the_domain_is_known_here()
    {
        var personal = typeof(CustomerDetails).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties().Select(property => (Name: $"{type.Name}.{property.Name}", Type: property.PropertyType)))
            .Where(one => Parts(one.Type).Any(part => part.IsGenericType && part.GetGenericTypeDefinition() == typeof(Personal<>))).ToList();
        Of<CustomerDetails>().ShouldBe(
            ["ChangeCustomer.Details", "CreateCustomer.Details", "CustomerChanged.Details", "CustomerCreated.Details", "Known.Details"],
            ignoreOrder: true, "Plant a marker in what is new here, in the test above.");
        Of<UserDetails>().ShouldBe(["RegisterUser.Details", "UserRegistered.Details", "Active.Details"], ignoreOrder: true);
        Of<ProviderSecrets>().ShouldBe(
            ["ConfigureProvider.Secrets", "ProviderConfigured.Secrets", "Known.Secrets"], ignoreOrder: true, "Markers of these are in ProviderConfigTests.");
        Of<WebhookSecret>().ShouldBe(
            ["RegisterWebhookEndpoint.Secret", "RotateWebhookSecret.Secret", "WebhookEndpointRegistered.Secret", "WebhookSecretRotated.Secret", "Known.Secret", "Known.Previous"],
            ignoreOrder: true);
        Of<NotificationWords>().ShouldBe(["NotificationQueued.Words", "QueueNotification.Words"], ignoreOrder: true);
        Of<TestMessage>().ShouldBe(["MessageTestRequested.Message", "RequestMessageTest.Message"], ignoreOrder: true);
        Of<string>().ShouldBe(["OutsideTerms.Secret"]);
        personal.Count.ShouldBe(Of<CustomerDetails>().Count + Of<UserDetails>().Count + Of<ProviderSecrets>().Count + Of<WebhookSecret>().Count + Of<NotificationWords>().Count + Of<TestMessage>().Count + Of<string>().Count);

        List<string> Of<T>() where T : notnull => [.. personal.Where(one => one.Type == typeof(Personal<T>)).Select(one => one.Name)];
    }

    private static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Append(type);

    /// <summary>What Ledger wrote to its log, in this process.</summary>
    private sealed class Overheard : IDisposable
    {
        private readonly TextWriter before = Console.Out;
        private readonly StringWriter heard = new();

        public Overheard() => Console.SetOut(TextWriter.Synchronized(heard));

        public string Text
        {
            get
            {
                lock (Console.Out) return heard.ToString();
            }
        }

        public void Dispose()
        {
            Console.SetOut(before);
            heard.Dispose();
        }
    }

    /// <summary>All that can happen to a customer, from the first day to the last.</summary>
    private sealed class Life(LedgerApp app, TestTenant tenant)
    {
        public TestTenant Tenant => tenant;

        public string Customer { get; private set; } = "";

        /// <summary>Every refusal on the way.</summary>
        public List<string> Problems { get; } = [];

        private string subscription = "";

        public async Task Live(Marker marker)
        {
            var request = PlantedCustomer.Request(marker);
            var made = (await tenant.Admin.Post("/customers", request, "made")).Is(201);
            Customer = made.Id;
            (await tenant.Admin.Post("/customers", request, "made")).Is(201).Text.ShouldBe(made.Text);
            await Refused(marker, request);

            _ = (await tenant.Staff.Patch($"/customers/{Customer}", PlantedCustomer.Request(marker, 1))).Is(200);
            PlantedCustomer.Missing(marker, JsonSerializer.Deserialize<CustomerDetails>((await tenant.Admin.Get($"/customers/{Customer}")).Is(200).Text, LedgerJson.Options)!).ShouldBeEmpty();
            foreach (var value in PlantedCustomer.Request(marker, 1).Where(one => one.Key is "full_name" or "email" or "phone_number" or "company_name").Select(one => (string)one.Value))
                (await tenant.Admin.Get($"/customers?q={Uri.EscapeDataString(value)}")).Is(200).Json["data"]!.AsArray().Count.ShouldBe(1, value);
            (await tenant.Staff.Get("/customers")).Is(200).Text.ShouldContain(marker.Texts[0]);

            await Pay();
            await Bury();
        }

        /// <summary>All that refuses and has heard of the person.</summary>
        private async Task Refused(Marker marker, Dictionary<string, object> request)
        {
            var reply = new { customer_id = Customer, subject = marker.Text(71), staff_name = marker.Text(72), reply_text = marker.Text(73), message_id = marker.Text(74) };
            _ = (await tenant.Admin.Post("/notifications", new { type = "message_reply", data = reply })).Is(202);
            Problems.Add((await tenant.Admin.Post("/customers", request, "again")).Refuses(409, "email_taken").Text);
            Problems.Add((await tenant.Admin.Post("/customers", new { full_name = marker.Text(98) }, "made")).Refuses(422, "idempotency_key_reused").Text);
            Problems.Add((await tenant.Admin.Post("/customers", new { email = marker.Text(98) })).Refuses(400, "validation_failed").Text);
            Problems.Add((await tenant.Admin.Post("/customers", $"{{\"full_name\": {marker.Text(98)}}}")).Refuses(400, "malformed_request").Text);
            Problems.Add((await tenant.Admin.Post("/customers", new { full_name = new[] { marker.Text(98) } })).Refuses(400, "malformed_request").Text);
            Problems.Add((await tenant.Admin.Get($"/customers?limit=no&q={marker.Text(98)}")).Is(400).Text);
            Problems.Add((await tenant.Staff.Patch($"/customers/{Customer}", new { full_name = marker.Text(98) }, "\"77\"")).Refuses(412, "version_stale").Text);
            Problems.Add((await tenant.Staff.Patch($"/customers/{Guid.NewGuid()}", new { full_name = marker.Text(98) })).Refuses(404, "customer_not_found").Text);
        }

        private async Task Pay()
        {
            var product = (await tenant.Admin.Post("/products", new { name = "Product" })).Is(201).Id;
            var variation = (await tenant.Admin.Post("/product-variations", new
            {
                product_id = product, name = "Variation", price = new { amount = 7500, currency = "ISK" }, tax_rate = "0.24",
            })).Is(201).Id;
            _ = (await tenant.Admin.Post($"/customers/{Customer}/payment-methods", new { provider = "sandbox", token = "sbx_visa_4242_1230" })).Is(201);
            subscription = (await tenant.Admin.Post("/subscriptions", new { customer_id = Customer, start_date = "2025-11-01", frequency = "monthly" })).Is(201).Id;
            _ = (await tenant.Admin.Put($"/subscriptions/{subscription}/items", new { items = new[] { new { product_variation_id = variation, quantity = 2 } } })).Is(200);
            for (var tries = 0; tries < 1200; tries++)
            {
                var payments = (await tenant.Admin.Get($"/payments?customer_id={Customer}&status=captured")).Is(200).Json["data"]!.AsArray();
                if (payments.Count == 1) return;
                await Task.Delay(50);
            }

            throw new TimeoutException("The payment was not captured.");
        }

        /// <summary>A message about the person that nobody could deal with.</summary>
        private async Task Bury()
        {
            var send = new Send(new WorkOffSubscriptions([new SubscriptionId(Guid.Parse(subscription))]), NodaTime.Instant.FromUtc(2100, 1, 1, 0, 0));
            var message = Outgoing.Derived(Guid.CreateVersion7(), "planted", tenant.Name, send, null, null);
            _ = await app.Services.GetRequiredService<GroupCommit>().Commit(new(tenant.Name) { Sends = [message] });
            await app.Services.GetRequiredService<MessageTable>().Bury(new(message.Id, 0), "No time.", CancellationToken.None);
        }

        public async Task End()
        {
            Problems.Add((await tenant.Admin.Delete($"/customers/{Customer}")).Refuses(409, "customer_has_subscriptions").Text);
            _ = (await tenant.Admin.Post($"/subscriptions/{subscription}/cancel", new { })).Is(200);
            _ = (await tenant.Admin.Delete($"/customers/{Customer}")).Is(204);
            (await tenant.Admin.Get("/customers")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
            (await tenant.Admin.Get($"/customers/{Customer}")).Refuses(404, "customer_not_found");
        }
    }
}

/// <summary>What listens to the whole process, or reads the whole disk, runs alone.</summary>
[CollectionDefinition("bytes", DisableParallelization = true)]
public sealed class BytesCollection;
