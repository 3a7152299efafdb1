using System.Security.Cryptography;
using Ledger.Domain.People;
using Ledger.EventStore.PersonalData;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.PersonalData;

/// <summary>Somebody who is let go is forgotten: nothing that stands in the database opens to their name or address.</summary>
public class PersonalDataUserTests
{
    private static readonly MasterKeys Master = new MasterKey(SHA256.HashData("tests"u8));

    [Fact]
    public async Task Of_a_user_who_is_let_go_nothing_can_be_opened_any_more()
    {
        await using var cluster = await TestCluster.Start(durable: false);
        await using var app = await LedgerApp.Start(connectionString: await cluster.CreateDatabase());
        await using var stored = new StoredBytes(cluster, app.ConnectionString);
        var (tenant, gone, stays) = (await app.NewTenant(), new Marker(), new Marker());
        var (email, other) = ($"{gone.Text(1)}@x.example", $"{stays.Text(1)}@x.example");
        var wish = new { email, name = gone.Text(2), password = LedgerApp.Password };
        var id = (await tenant.Admin.Post("/users", wish, "made")).Is(201).Id;
        _ = (await tenant.Admin.Post("/users", new { email = other, name = stays.Text(2), password = LedgerApp.Password })).Is(201);
        using var anna = app.Browse(tenant);
        _ = (await anna.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
        _ = (await anna.Post("/auth/password-resets", new { email })).Is(202);
        (await tenant.Admin.Get("/users")).Is(200).Text.ShouldContain(gone.Text(2));
        (await Opened(stored, gone)).ShouldNotBeEmpty();   // It is there to be found.
        (await stored.TablesWith(gone)).ShouldBeEmpty();

        _ = (await tenant.Admin.Delete($"/users/{id}")).Is(204);
        _ = (await tenant.Admin.Delete($"/users/{id}")).Is(204);
        (await Opened(stored, gone)).ShouldBeEmpty();
        (await stored.TablesWith(gone)).ShouldBeEmpty();
        (await Opened(stored, stays)).ShouldNotBeEmpty();

        var list = (await tenant.Admin.Get("/users")).Is(200).Text;
        list.ShouldNotContain(gone.Text(1));
        list.ShouldContain(stays.Text(2));
        _ = (await tenant.Admin.Post("/users", wish, "made")).Refuses(409, "idempotency_answer_forgotten");
        _ = (await tenant.Admin.Post("/users", wish)).Is(201);   // The address is free for another.
    }

    [Fact]
    public async Task Who_may_not_let_somebody_go_destroys_nothing()
    {
        await using var app = await LedgerApp.Start();
        var tenant = await app.NewTenant();
        using var boss = await app.NewUser(tenant, UserRole.Admin);
        var own = (await boss.Get("/auth/sessions/current")).Json["user_id"]!.GetValue<string>();
        _ = (await boss.Send(HttpMethod.Delete, $"/users/{own}", null)).Refuses(409, "not_oneself");
        (await app.Services.GetRequiredService<PersonalKeys>().Find(tenant.Name, Guid.Parse(own), default)).ShouldNotBeNull();
        (await tenant.Admin.Get("/users")).Is(200).Text.ShouldContain("Somebody");
    }

    private static async Task<IReadOnlyList<string>> Opened(StoredBytes stored, Marker marker) =>
        [.. (await SealedValues.Open(stored, Master)).Where(one => marker.IsIn(one.Plain)).Select(one => one.Table)];
}
