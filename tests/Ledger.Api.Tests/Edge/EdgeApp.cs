namespace Ledger.Api.Tests.Edge;

/// <summary>A Ledger behind a proxy at 127.0.0.1, with origins.</summary>
public sealed class EdgeApp : IAsyncLifetime
{
    public LedgerApp App { get; private set; } = null!;

    public TestTenant Tenant { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        App = await LedgerApp.Start(settings: ["--LEDGER_PROXIES=127.0.0.1, 10.1.0.0/16"]);
        Tenant = await App.NewTenant();
        _ = (await Tenant.Admin.Patch("/tenants/current/settings", new { cors_origins = new[] { "https://shop.example", "https://office.example", "http://localhost:5173" } })).Is(200);
        _ = (await Tenant.Admin.Get("/tenants")).Is(200);   // The view of tenants, which preflights go by, has come so far.
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>One request as it is, with these headers.</summary>
    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(App.Address, path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        return await http.SendAsync(request);
    }
}

[CollectionDefinition("edge")]
public sealed class EdgeCollection : ICollectionFixture<EdgeApp>;
