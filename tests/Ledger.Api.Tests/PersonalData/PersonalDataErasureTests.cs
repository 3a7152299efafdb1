using System.Security.Cryptography;
using Ledger.EventStore.PersonalData;
using Ledger.Workers.CommandLine;
using Ledger.Workers.Hosting;

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
