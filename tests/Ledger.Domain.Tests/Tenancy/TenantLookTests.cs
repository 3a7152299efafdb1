using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Tenancy.Tenant, Ledger.Domain.Tenancy.TenantEvent>;

namespace Ledger.Domain.Tests.Tenancy;

public class ChangeTenantBrandingTests
{
    private static readonly ChangeTenantBranding Wish = new(Bakery, "#AABBCC", "https://cdn.example.is/a.css");
    private static readonly TenantBrandingChanged Changed = new(Bakery, "#aabbcc", new("https://cdn.example.is/a.css"));

    [Fact]
    public void A_color_is_kept_in_lower_case() => Given(BakeryCreated).When(Wish).Then(Changed);

    [Fact]
    public void What_is_absent_stays() => Given(BakeryCreated, Changed).When(Wish with { PrimaryColor = "#112233", CssUrl = null })
        .Then(Changed with { PrimaryColor = "#112233" });

    [Fact]
    public void An_empty_text_takes_the_style_sheet_away() =>
        Given(BakeryCreated, Changed).When(new ChangeTenantBranding(Bakery, null, "")).Then(Changed with { CssUrl = null });

    [Fact]
    public void What_is_so_already_changes_nothing() => Given(BakeryCreated, Changed).When(Wish).ThenNothing();

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() => Given().When(Wish).ThenRejected(TenantRejections.NotFound);
}

public class UploadTenantLogoTests
{
    private static readonly UploadTenantLogo Wish = new(Bakery, new("f00d", "image/png", 12));
    private static readonly TenantLogoUploaded Uploaded = new(Bakery, "f00d", "image/png", 12);

    [Fact]
    public void A_logo_is_taken() => Given(BakeryCreated).When(Wish).Then(Uploaded);

    [Fact]
    public void The_same_again_changes_nothing() => Given(BakeryCreated, Uploaded).When(Wish).ThenNothing();

    [Fact]
    public void An_earlier_one_can_come_back() =>
        Given(BakeryCreated, Uploaded, Uploaded with { Hash = "beef" }).When(Wish).Then(Uploaded);

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() => Given().When(Wish).ThenRejected(TenantRejections.NotFound);
}
