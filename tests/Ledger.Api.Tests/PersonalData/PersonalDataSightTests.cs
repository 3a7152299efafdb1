using Ledger.Api.Customers;
using Ledger.Domain.Customers;

namespace Ledger.Api.Tests.PersonalData;

/// <summary>Who sees how much of a person.</summary>
[Collection("app")]
public class PersonalDataSightTests(SharedApp shared)
{
    private const string Number = "0101307789", Masked = "******7789";

    [Fact]
    public void All_but_the_national_id_is_shown_to_everybody()
    {
        var details = new CustomerDetails(FullName: "a", SocialSecurityNumber: Number, InvoiceNotes: "b", DeliveryDetail: "c", PackingNotes: "d");
        details.Shown(CustomerSight.Full).ShouldBe(details);
        details.Shown(CustomerSight.Masked).ShouldBe(details with { SocialSecurityNumber = Masked });
        CustomerDetails.None.Shown(CustomerSight.Masked).ShouldBe(CustomerDetails.None);
    }

    [Theory]
    [InlineData("12345678", "****5678")]
    [InlineData("1234567", "*******")]
    [InlineData("1", "*")]
    public void Of_a_short_number_nothing_is_shown(string number, string shown) =>
        new CustomerDetails(SocialSecurityNumber: number).Shown(CustomerSight.Masked).SocialSecurityNumber.ShouldBe(shown);

    [Fact]
    public async Task An_admin_reads_the_national_id_and_nobody_else_does()
    {
        var tenant = await shared.App.NewTenant();
        var request = new { full_name = "Anna", social_security_number = Number, invoice_notes = "to the back door" };
        var made = (await tenant.Admin.Post("/customers", request, "made")).Is(201);
        (await tenant.Admin.Get($"/customers/{made.Id}")).Json["social_security_number"]!.GetValue<string>().ShouldBe(Number);
        (await tenant.Admin.Get("/customers")).Json["data"]![0]!["social_security_number"]!.GetValue<string>().ShouldBe(Number);
        var seen = (await tenant.Staff.Get($"/customers/{made.Id}")).Json;
        seen["social_security_number"]!.GetValue<string>().ShouldBe(Masked);
        seen["invoice_notes"]!.GetValue<string>().ShouldBe("to the back door");
        (await tenant.Staff.Get("/customers")).Text.ShouldNotContain(Number);
    }

    [Fact]
    public async Task An_answer_that_is_kept_shows_no_national_id_whoever_asked()
    {
        var tenant = await shared.App.NewTenant();
        var request = new { full_name = "Anna", social_security_number = Number };
        var made = (await tenant.Admin.Post("/customers", request, "made")).Is(201);
        made.Json["social_security_number"]!.GetValue<string>().ShouldBe(Masked);
        (await tenant.Admin.Post("/customers", request, "made")).Is(201).Text.ShouldBe(made.Text);
        (await tenant.Admin.Patch($"/customers/{made.Id}", new { city = "Reykjavík" })).Is(200).Text.ShouldNotContain(Number);
    }

    [Fact]
    public async Task A_masked_national_id_that_is_sent_back_changes_nothing()
    {
        var tenant = await shared.App.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna", social_security_number = Number })).Is(201).Id;
        _ = (await tenant.Staff.Patch($"/customers/{id}", new { social_security_number = Masked, city = "Reykjavík" })).Is(200);
        var read = (await tenant.Admin.Get($"/customers/{id}")).Json;
        read["social_security_number"]!.GetValue<string>().ShouldBe(Number);
        read["city"]!.GetValue<string>().ShouldBe("Reykjavík");
        _ = (await tenant.Staff.Patch($"/customers/{id}", new { social_security_number = "9999999999" })).Is(200);
        (await tenant.Admin.Get($"/customers/{id}")).Json["social_security_number"]!.GetValue<string>().ShouldBe("9999999999");
    }
}
