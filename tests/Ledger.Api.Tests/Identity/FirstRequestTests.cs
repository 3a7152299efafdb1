namespace Ledger.Api.Tests.Identity;

/// <summary>What a new installation needs is there before it answers.</summary>
public class FirstRequestTests
{
    [Fact]
    public async Task The_first_request_of_all_may_be_a_merchants_registration()
    {
        await using var app = await LedgerApp.Start(runsWorkers: false);
        using var browser = app.Browse(null);
        var merchant = new { email = $"{Guid.NewGuid():N}@example.org", name = "M", password = LedgerApp.Password };
        _ = (await browser.Post("/auth/merchant-registrations", merchant)).Is(201);
    }
}
