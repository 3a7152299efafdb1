using System.Security.Cryptography;
using Ledger.Cli;
using Ledger.EventStore.PersonalData;
using Ledger.Workers.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.PersonalData;

/// <summary>A person erased by one process is gone in the next, and a key that nobody has is no fault of the caller.</summary>
public sealed class PersonalDataErasureTests : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Another_process_that_has_just_read_a_person_reads_nothing_once_they_are_erased()
    {
        await using var here = await LedgerApp.Start();
        await using var there = await LedgerApp.Start(runsWorkers: false, here.ConnectionString);
        var tenant = await here.NewTenant();
        var elsewhere = tenant.Admin.At(there.Address);
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna Lind" }, "made")).Is(201).Id;
        _ = (await tenant.Admin.Get("/customers")).Is(200);
        (await elsewhere.Get($"/customers/{id}")).Is(200).Text.ShouldContain("Anna Lind");
        (await elsewhere.Get("/customers")).Is(200).Text.ShouldContain("Anna Lind");

        _ = (await tenant.Admin.Delete($"/customers/{id}")).Is(204);
        (await elsewhere.Get($"/customers/{id}")).Refuses(404, "customer_not_found");
        (await elsewhere.Post("/customers", new { full_name = "Anna Lind" }, "made")).Refuses(409, "idempotency_answer_forgotten");
    }

    [Fact]
    public async Task From_where_a_customer_came_goes_with_them_out_of_every_table_of_every_schema()
    {
        await using var cluster = await TestCluster.Start(durable: false);
        await using var app = await LedgerApp.Start(connectionString: await cluster.CreateDatabase());
        await using var stored = new StoredBytes(cluster, app.ConnectionString);
        var (tenant, gone, stays) = (await app.NewTenant(), new Marker(), new Marker());
        var (erased, _) = (await Live(gone), await Live(stays));
        var recorder = app.Services.GetRequiredService<Ledger.Api.Audit.AuditRecorder>();
        await recorder.Flushed();
        (await stored.TablesWith(gone)).ShouldBe(["ledger.access_log", "ledger.request_origins", "ledger.portal_sessions"], ignoreOrder: true);

        _ = (await tenant.Admin.Delete($"/customers/{erased.Id}")).Is(204);
        await recorder.Flushed();
        (await stored.TablesWith(gone)).ShouldBeEmpty();
        (await SealedValues.Open(stored, new MasterKey(SHA256.HashData("tests"u8)))).Where(one => gone.IsIn(one.Plain)).ShouldBeEmpty();
        foreach (var table in new[] { "logins", "sessions", "codes", "pending_addresses" })
            (await stored.Query($"select count(*)::text from identity.{table} where subject_id = '{erased.Id}'")).ShouldBe(["0"], table);
        (await stored.TablesWith(stays)).Count.ShouldBe(3);
        (await stored.Query($"select count(*)::text from ledger.portal_sessions where customer_id = '{erased.Id}'")).ShouldBe(["1"], "It stays in the statistics.");

        // What was still on its way then, and what comes by a token that is not over, leaves nothing either.
        _ = await Ask(erased.Token, HttpMethod.Post, "/portal-sessions", gone);
        recorder.Add(new(tenant.Name, "late", NodaTime.SystemClock.Instance.GetCurrentInstant(), "9.9.9.9", gone.Text(1), $"customer:{erased.Id}"));
        await recorder.Flushed();
        (await stored.TablesWith(gone)).ShouldBeEmpty();

        async Task<(string Id, string Token)> Live(Marker marker)
        {
            var email = $"{marker.Text(1)}@x.example";
            var id = (await tenant.Admin.Post("/customers", new { full_name = marker.Text(2), email })).Is(201).Id;
            using var browser = await app.LogIn(tenant, email);
            foreach (var (method, path) in new[] { (HttpMethod.Post, "/portal-sessions"), (HttpMethod.Get, "/customers/me"), (HttpMethod.Patch, "/customers/me"), (HttpMethod.Get, $"/customers/{Guid.NewGuid()}") })
                _ = await Ask(browser.Token!, method, path, marker);
            return (id, browser.Token!);
        }

        async Task<int> Ask(string token, HttpMethod method, string path, Marker marker)
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(method, new Uri(app.Address, $"/api/v1{path}"));
            request.Headers.Authorization = new("Bearer", token);
            _ = request.Headers.TryAddWithoutValidation("User-Agent", marker.Text(3));
            if (method == HttpMethod.Patch) request.Content = new StringContent($$"""{"city":"{{marker.Text(4)}}","email":"{{marker.Text(5)}}@x.example"}""", System.Text.Encoding.UTF8, "application/json");
            else if (method == HttpMethod.Post) request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            using var answer = await http.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Fact]
    public async Task Without_the_master_key_a_request_is_told_to_come_again_and_nothing_of_keys()
    {
        await using var app = await LedgerApp.Start();
        var tenant = await app.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        await using var lost = await LedgerApp.Start(runsWorkers: false, app.ConnectionString, master: new MasterKey(SHA256.HashData("another"u8)));
        var elsewhere = tenant.Admin.At(lost.Address);
        var refused = (await elsewhere.Get($"/customers/{id}")).Refuses(503, "personal_data_closed");
        refused.Headers.ContainsKey("Retry-After").ShouldBeTrue();
        refused.Text.ShouldNotContain("master", Case.Insensitive);
        (await elsewhere.Post("/customers", new { full_name = "Bo" })).Refuses(503, "personal_data_closed");
        _ = (await elsewhere.Get("/products")).Is(200);
    }

    [Fact]
    public async Task Search_repeats_and_what_is_unique_outlive_the_master_key()
    {
        var path = Path.Combine(directory.Path, "master.key");
        await using var app = await LedgerApp.Start(master: MasterKeys.FromFile(path));
        var tenant = await app.NewTenant();
        var request = new { full_name = "Anna Lind", email = "anna@x.example", social_security_number = "0101307789" };
        var made = (await tenant.Admin.Post("/customers", request, "made")).Is(201);

        var old = MasterKeys.FromFile(path).All[0].Id;
        _ = RotateMasterKeyCommand.Rotate(new LedgerSettings(null, directory.Path, null, path, RunsWorkers: false));
        await using (var ledger = await OpenLedger.On(app.ConnectionString, MasterKeys.FromFile(path), Beside.Nothing, CancellationToken.None))
        {
            _ = await ledger.Get<PersonalKeyRewrap>().Run(null, CancellationToken.None);
            (await ledger.Get<PersonalKeyRewrap>().Forget(old, CancellationToken.None)).ShouldBe(0);
            new MasterKeyFile(path).Remove(old);
        }

        await using var next = await LedgerApp.Start(runsWorkers: false, app.ConnectionString, master: MasterKeys.FromFile(path));
        var after = tenant.Admin.At(next.Address);
        (await after.Get("/customers?q=lind")).Is(200).Json["data"]![0]!["social_security_number"]!.GetValue<string>().ShouldBe("0101307789");
        (await after.Post("/customers", request, "made")).Is(201).Text.ShouldBe(made.Text);
        (await after.Post("/customers", new { full_name = "Bo", email = "ANNA@x.example" })).Refuses(409, "email_taken");
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Bo" })).Is(201);
        _ = (await after.Get("/customers?q=bo")).Is(200);
    }
}
