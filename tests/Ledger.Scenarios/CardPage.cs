namespace Ledger.Scenarios;

/// <summary>The provider's page, as a browser uses it.</summary>
internal static class CardPage
{
    /// <summary>Fills in the form, and follows up to the shop's own page.</summary>
    public static async Task Enter(string page, string number)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        (await browser.GetStringAsync(page)).ShouldContain("<form");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["number"] = number, ["exp_month"] = "12", ["exp_year"] = "2030" });
        using var entered = await browser.PostAsync(page, form);
        entered.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        using var back = await browser.GetAsync(entered.Headers.Location);
        back.Headers.Location!.ToString().ShouldBe("https://example.com/ok");
    }
}
