namespace Ledger.Api.Tests.Edge;

/// <summary>A Ledger behind a proxy at 127.0.0.1, with origins.</summary>
public sealed class EdgeApp : IAsyncLifetime
{
    public LedgerApp App { get; private set; } = null!;

    public TestTenant Tenant { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var connectionString = "";
        await using (var before = await LedgerApp.Start())
        {
            Tenant = await before.NewTenant();   // Its id goes into the settings.
            connectionString = before.ConnectionString;
        }

        App = await LedgerApp.Start(
            connectionString: connectionString, settings:
            [
                "--LEDGER_PROXIES=127.0.0.1, 10.1.0.0/16",
                $"--LEDGER_CORS_ORIGINS=https://office.example, {Tenant.Name}=https://shop.example",
            ]);
        Tenant = new(Tenant.Id, Tenant.Admin.At(App.Address), Tenant.Staff.At(App.Address));
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
