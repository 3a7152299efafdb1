using Ledger.Domain.Tenancy;

namespace Ledger.Api.Tests.Identity;

/// <summary>Whoever says that an address is theirs shows it first: nobody gets into another's account by writing down another's address.</summary>
public sealed class AddressChangeTests(OutgoingApp outgoing) : IClassFixture<OutgoingApp>
{
    private readonly LedgerApp app = outgoing.App;

    [Fact]
    public async Task An_address_that_a_customer_writes_down_is_not_theirs_and_its_owner_never_comes_into_their_account()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var (mallory, victim) = (Address(), Address());
        using var browser = await Customer(tenant, mallory);
        (await browser.Send(HttpMethod.Patch, "/customers/me", new { email = victim, city = "Vík" })).Is(200).Json["email"]!.GetValue<string>().ShouldBe(mallory);
        var me = (await browser.Get("/customers/me")).Is(200).Json;
        (me["email"]!.GetValue<string>(), me["city"]!.GetValue<string>()).ShouldBe((mallory, "Vík"));
        using var real = app.Browse(tenant);
        _ = (await real.Post("/auth/login-codes", new { channel = "email", email = victim })).Is(202);
        var code = CodeIn(await outgoing.Until(message => message.To == victim && message.Subject.EndsWith("is this you?", StringComparison.Ordinal)));
        _ = (await real.LogIn(new { grant = "login_code", email = victim, code })).Refuses(401, "invalid_code");

        // The address is still there for its owner, and for staff to give to whom it belongs.
        var id = (await real.Post("/auth/customer-registrations", new { full_name = "Victim", email = victim })).Is(201).Id;
        var own = CodeIn(await outgoing.Until(message => message.To == victim && message.Subject.StartsWith("Welcome", StringComparison.Ordinal)));
        _ = (await real.LogIn(new { grant = "login_code", email = victim, code = own })).Is(201);
        (await real.Get("/customers/me")).Is(200).Id.ShouldBe(id);
        _ = (await browser.Post("/auth/address-confirmations", new { code })).Refuses(409, "email_taken");
        (await browser.Get("/customers/me")).Is(200).Json["email"]!.GetValue<string>().ShouldBe(mallory);
    }

    [Fact]
    public async Task A_new_address_counts_by_its_code_ends_all_other_sessions_and_the_old_one_is_told()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var (before, after) = (Address(), Address());
        using var browser = await Customer(tenant, before);
        using var elsewhere = await LogIn(tenant, before);
        _ = (await browser.Send(HttpMethod.Patch, "/customers/me", new { email = after })).Is(200);
        var code = CodeIn(await outgoing.Until(message => message.To == after));
        _ = (await browser.Post("/auth/address-confirmations", new { code = code == "000000" ? "000001" : "000000" })).Refuses(401, "invalid_code");
        _ = (await elsewhere.Post("/auth/address-confirmations", new { code = "x" })).Refuses(401, "invalid_code");
        _ = (await browser.Post("/auth/address-confirmations", new { code })).Is(204);

        (await browser.Get("/customers/me")).Is(200).Json["email"]!.GetValue<string>().ShouldBe(after);
        _ = (await elsewhere.Get("/customers/me")).Refuses(401, "unauthorized");
        _ = (await elsewhere.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
        var notice = await outgoing.Until(message => message.To == before && message.Subject.EndsWith("your address was changed", StringComparison.Ordinal));
        notice.Text.ShouldNotContain(after);
        _ = (await browser.Post("/auth/address-confirmations", new { code })).Refuses(401, "invalid_code");
        using var next = await LogIn(tenant, after);
        using var old = app.Browse(tenant);
        _ = (await old.Post("/auth/login-codes", new { channel = "email", email = before })).Is(202);
        _ = (await old.LogIn(new { grant = "login_code", email = before, code = "000000" })).Refuses(401, "invalid_code");
    }

    [Fact]
    public async Task A_new_telephone_number_counts_by_its_code_too()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var email = Address();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Victim", phone_number = "+354 777 0001" })).Is(201);
        using var browser = await Customer(tenant, email);
        (await browser.Send(HttpMethod.Patch, "/customers/me", new { phone_number = "7770002" })).Is(200).Json["phone_number"].ShouldBeNull();
        using var other = app.Browse(tenant);
        _ = (await other.Post("/auth/login-codes", new { channel = "sms", phone_number = "7770002" })).Is(202);
        var code = (await outgoing.Until(message => message.To == "+3547770002")).Text[..6];
        _ = (await browser.Post("/auth/address-confirmations", new { code, channel = "email" })).Refuses(401, "invalid_code");
        _ = (await browser.Post("/auth/address-confirmations", new { code, channel = "sms" })).Is(204);
        (await browser.Get("/customers/me")).Is(200).Json["phone_number"]!.GetValue<string>().ShouldBe("7770002");
        _ = await outgoing.Until(message => message.To == email && message.Subject.EndsWith("your address was changed", StringComparison.Ordinal));
        _ = (await other.Post("/auth/login-codes", new { channel = "sms", phone_number = "7770002" })).Is(202);
        var login = (await outgoing.Until(message => message.To == "+3547770002", 2)).Text[..6];
        _ = (await other.LogIn(new { grant = "login_code", phone_number = "+3547770002", code = login })).Is(201);
    }

    [Fact]
    public async Task Another_code_is_sent_for_what_waits_to_be_shown_and_for_nothing_else()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var after = Address();
        using var browser = await Customer(tenant, Address());
        _ = (await browser.Post("/auth/address-confirmations/codes", new { })).Is(202);
        _ = (await browser.Send(HttpMethod.Patch, "/customers/me", new { email = after })).Is(200);
        var first = CodeIn(await outgoing.Until(message => message.To == after));
        _ = (await browser.Post("/auth/address-confirmations/codes", new { })).Is(202);
        var second = CodeIn(await outgoing.Until(message => message.To == after, 2));
        if (first != second) _ = (await browser.Post("/auth/address-confirmations", new { code = first })).Refuses(401, "invalid_code");
        _ = (await browser.Post("/auth/address-confirmations", new { code = second })).Is(204);
    }

    [Fact]
    public async Task Who_registers_another_persons_address_keeps_it_from_nobody()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var victim = Address();
        using var eve = app.Browse(tenant);
        var theirs = (await eve.Post("/auth/customer-registrations", new { full_name = "Eve", email = victim, phone_number = "+354 777 0009" })).Is(201).Id;
        var before = (await tenant.Admin.Get($"/customers/{theirs}")).Is(200).Json;
        (before["email"], before["phone_number"]).ShouldBe((null, null));
        var id = (await tenant.Staff.Post("/customers", new { full_name = "Victim", email = victim, phone_number = "+354 777 0009" })).Is(201).Id;
        using var real = await LogIn(tenant, victim, 2);
        (await real.Get("/customers/me")).Is(200).Id.ShouldBe(id);
    }

    [Fact]
    public async Task Who_registered_and_lost_the_code_asks_for_another_and_a_change_is_no_registration()
    {
        var tenant = await app.NewTenant(mode: TenantMode.Live);
        var (own, victim) = (Address(), Address());
        using var browser = app.Browse(tenant);
        var id = (await browser.Post("/auth/customer-registrations", new { full_name = "Anna", email = own })).Is(201).Id;
        _ = await outgoing.Until(message => message.To == own);
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email = own })).Is(202);
        var code = CodeIn(await outgoing.Until(message => message.To == own, 2));
        _ = (await browser.LogIn(new { grant = "login_code", email = own, code })).Is(201);
        (await browser.Get("/customers/me")).Is(200).Id.ShouldBe(id);

        _ = (await browser.Send(HttpMethod.Patch, "/customers/me", new { email = victim })).Is(200);
        _ = await outgoing.Until(message => message.To == victim);
        using var real = app.Browse(tenant);
        _ = (await real.Post("/auth/login-codes", new { channel = "email", email = victim })).Is(202);
        _ = (await real.Post("/auth/login-codes", new { channel = "email", email = own })).Is(202);
        _ = await outgoing.Until(message => message.To == own, 3);
        outgoing.All.Count(message => message.To == victim).ShouldBe(1, "Nobody logs in by what was not shown.");
    }

    [Fact]
    public async Task A_merchants_address_is_theirs_once_shown_and_free_for_its_owner_otherwise()
    {
        var (kept, lost) = (Address(), Address());
        using var merchant = app.Browse(null);
        var wish = new { email = kept, name = "M", password = "S3cret-pass!", mode = "live" };
        _ = (await merchant.Post("/auth/merchant-registrations", wish)).Is(201);
        _ = (await merchant.Post("/auth/address-confirmations", new { code = CodeIn(await outgoing.Until(message => message.To == kept)) })).Is(204);
        using var squatter = app.Browse(null);
        var squatted = (await squatter.Post("/auth/merchant-registrations", wish with { email = lost })).Is(201).Json["tenant_id"]!.GetValue<string>();
        using var owner = app.Browse(null);
        _ = (await owner.Post("/auth/merchant-registrations", wish with { email = lost })).Refuses(409, "email_taken");

        outgoing.Time.Move(TimeSpan.FromMinutes(61));
        _ = (await owner.Post("/auth/merchant-registrations", wish with { email = kept, password = "another password" })).Refuses(409, "email_taken");
        var made = (await owner.Post("/auth/merchant-registrations", wish with { email = lost, password = "another password" })).Is(201);
        made.Json["tenant_id"]!.GetValue<string>().ShouldNotBe(squatted);
        var code = CodeIn(await outgoing.Until(message => message.To == lost, 2));
        _ = (await owner.Post("/auth/address-confirmations", new { code })).Is(204);
        using var login = app.Browse(null);
        (await login.LogIn(new { grant = "password", email = lost, password = "another password" })).Is(201)
            .Json["session"]!["tenant_id"]!.GetValue<string>().ShouldBe(made.Json["tenant_id"]!.GetValue<string>());
        using var again = app.Browse(null);
        _ = (await again.LogIn(new { grant = "password", email = lost, password = "S3cret-pass!" })).Refuses(401, "wrong_credentials");
    }

    private static string Address() => $"{Guid.NewGuid():N}@example.org";

    private static string CodeIn(Gateways.Post.PostMessage message) => System.Text.RegularExpressions.Regex.Match(message.Text, "[0-9]{6}").Value;

    private async Task<Browser> Customer(TestTenant tenant, string email)
    {
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Somebody", email })).Is(201);
        return await LogIn(tenant, email);
    }

    private async Task<Browser> LogIn(TestTenant tenant, string email, int mails = 1)
    {
        var (browser, sent) = (app.Browse(tenant), outgoing.All.Count(message => message.To == email));
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
        var message = await outgoing.Until(one => one.To == email && one.Subject.EndsWith("your code", StringComparison.Ordinal), 1);
        _ = await outgoing.Until(one => one.To == email, Math.Max(mails, sent + 1));
        message = outgoing.All.Last(one => one.To == email && one.Subject.EndsWith("your code", StringComparison.Ordinal));
        _ = (await browser.LogIn(new { grant = "login_code", email, code = CodeIn(message) })).Is(201);
        return browser;
    }
}
