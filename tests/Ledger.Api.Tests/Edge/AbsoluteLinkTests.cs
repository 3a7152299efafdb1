using System.Text;

namespace Ledger.Api.Tests.Edge;

/// <summary>A link that is handed on leads where the settings say, whatever host a request names.</summary>
public class AbsoluteLinkTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("https://billing.example.org/")]
    public async Task A_forged_host_stands_in_no_link(string? said)
    {
        await using var app = said is null ? await LedgerApp.Start(runsWorkers: false)
            : await LedgerApp.Start(runsWorkers: false, settings: $"--LEDGER_PUBLIC_URL={said}");
        var tenant = await app.NewTenant();
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        using var http = new HttpClient { BaseAddress = app.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/setup-sessions")
        {
            Headers = { Host = "evil.example", Authorization = new("Bearer", tenant.Admin.Bearer) },
            Content = new StringContent($$"""{"customer_id":"{{customer}}","return_url":"https://shop.example/back"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", "one");
        var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(201, text);
        text.ShouldNotContain("evil.example");
        text.ShouldContain($"\"redirect_url\":\"{(said ?? app.Address.ToString()).TrimEnd('/')}/sandbox/setups/");
    }
}
