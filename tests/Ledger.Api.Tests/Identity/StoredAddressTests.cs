using Ledger.Domain.Tenancy;

namespace Ledger.Api.Tests.Identity;

/// <summary>Codes go to what is stored, and a number is one number however it is written: whoever plays with digits gets nothing.</summary>
public sealed class StoredAddressTests(OutgoingApp outgoing) : IClassFixture<OutgoingApp>
{
    private readonly LedgerApp app = outgoing.App;

    [Theory]
    [InlineData("+7 771234"), InlineData("+1 354 777 1234"), InlineData("+47771234"), InlineData("003547771235"), InlineData("777 123 4 5")]
    public async Task A_number_of_another_country_with_the_same_digits_is_another_number(string attackers)
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Victim", phone_number = "7771234" })).Is(201);
        using var eve = app.Browse(tenant);
        _ = (await eve.Post("/auth/login-codes", new { channel = "sms", phone_number = attackers })).Is(202);
        using var anna = app.Browse(tenant);
        _ = (await anna.Post("/auth/login-codes", new { channel = "sms", phone_number = "777-1234" })).Is(202);
        var sent = await outgoing.Until(message => message.Text.Contains("is your code", StringComparison.Ordinal) && message.To == "+3547771234");
        outgoing.All.ShouldNotContain(message => message.To == attackers);
        var code = sent.Text[..6];
        _ = (await eve.LogIn(new { grant = "login_code", phone_number = attackers, code })).Refuses(401, "invalid_code");
        _ = (await anna.LogIn(new { grant = "login_code", phone_number = "+354 777 1234", code })).Is(201);
    }

    [Fact]
    public async Task Digits_in_a_name_and_later_owners_of_a_number_switch_nobodys_login_off()
    {
        var tenant = await app.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Victim", phone_number = "+354 777 1234" })).Is(201).Id;
        _ = (await tenant.Admin.Post("/customers", new { full_name = "3547771234 7771234 771234" })).Is(201);
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Later", phone_number = "003547771234" })).Is(201);
        _ = (await tenant.Admin.Post("/customers", new { company_name = "+3547771234" })).Is(201);
        using var browser = app.Browse(tenant);
        _ = (await browser.Post("/auth/login-codes", new { channel = "sms", phone_number = "777 1234" })).Is(202);
        _ = (await browser.LogIn(new { grant = "login_code", phone_number = "+3547771234", code = "1337" })).Is(201);
        (await browser.Get("/customers/me")).Is(200).Id.ShouldBe(id);
    }

    [Fact]
    public async Task A_code_by_mail_goes_to_the_address_as_it_is_stored()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var name = $"{Guid.NewGuid():N}";
        var stored = $"{name}@example.org";
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email = stored })).Is(201);
        using var browser = app.Browse(tenant);
        var typed = $"{name.ToUpperInvariant()}@EXAMPLE.ORG";   // Wide letters come to the same name, and to another mailbox.
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email = typed })).Is(202);
        _ = (await browser.Post("/auth/password-resets", new { email = typed })).Is(202);
        _ = await outgoing.Until(message => message.To == stored, 2);
        outgoing.All.ShouldNotContain(message => message.To == typed);
    }

    [Fact]
    public async Task In_a_sandbox_the_code_that_everybody_knows_is_for_customers_alone()
    {
        var tenant = await app.NewTenant();
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await tenant.Admin.Post("/users", new { email, password = LedgerApp.Password, role = "admin" })).Is(201);
        using var eve = app.Browse(tenant);
        _ = (await eve.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
        _ = (await eve.LogIn(new { grant = "login_code", email, code = "1337" })).Refuses(401, "invalid_code");
        var sent = await outgoing.Until(message => message.To == email);
        var code = sent.Text.Split(" is ")[1][..6];
        _ = (await eve.LogIn(new { grant = "login_code", email, code })).Is(201);
    }

    [Fact]
    public async Task A_link_that_was_sent_to_an_address_opens_nothing_once_the_address_is_another()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var (before, after) = ($"{Guid.NewGuid():N}@example.org", $"{Guid.NewGuid():N}@example.org");
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email = before })).Is(201).Id;
        using var browser = app.Browse(tenant);
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email = before })).Is(202);
        var link = (await outgoing.Until(message => message.To == before)).Text.Split("this token: ")[1].Split('\n')[0];
        _ = (await tenant.Staff.Patch($"/customers/{id}", new { email = after })).Is(200);
        _ = (await browser.LogIn(new { grant = "magic_link", token = link })).Refuses(401, "wrong_credentials");
    }
}
