using Ledger.Api.Access;
using Ledger.Domain.People;

namespace Ledger.Api.Tests;

/// <summary>Every kind of caller there is, and what a rule means for each, said again from the outside.</summary>
internal sealed class WalkingCallers : IAsyncDisposable
{
    private readonly List<Browser> browsers = [];

    public List<WalkingCaller> All { get; } = [];

    public static async Task<WalkingCallers> Of(LedgerApp app, TestTenant tenant)
    {
        var all = new WalkingCallers();
        all.Add("nobody", app.Anonymous, Kind.Nobody);
        all.Add("a made-up key", app.With($"lk_test_{new string('x', 43)}"), Kind.Nobody);
        all.Add("a made-up token", app.With("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."), Kind.Nobody);
        all.Add("an expired key", app.With(await tenant.NewKey(new { name = "x", role = "admin", expires_at = $"{DateTime.UtcNow.AddSeconds(2):yyyy-MM-ddTHH:mm:ss}Z" }, wait: true)), Kind.Nobody);
        all.Add("a revoked key", app.With(await tenant.RevokedKey()), Kind.Nobody);
        all.Add("a staff key", tenant.Staff, Kind.Staff);
        all.Add("an admin key", tenant.Admin, Kind.Admin);
        all.Add("a key to read customers", app.With(await tenant.NewKey(new { name = "x", role = "admin", scopes = new[] { "customers:read" } })), Kind.Admin, ["customers:read"]);
        all.Add("a key to write subscriptions", app.With(await tenant.NewKey(new { name = "x", scopes = new[] { "subscriptions:write" } })), Kind.Staff, ["subscriptions:write", "subscriptions:read"]);
        all.Add("a key that may take in staff", app.With(await tenant.NewKey(new { name = "x", scopes = new[] { "users:write", "manage_staff" } })), Kind.Staff, ["users:write", "users:read"], [Permission.ManageStaff]);
        all.Add("staff", await all.Token(app.NewUser(tenant, UserRole.Staff)), Kind.Staff);
        foreach (var right in Enum.GetValues<Permission>())
            all.Add($"staff with {right}", await all.Token(app.NewUser(tenant, UserRole.Staff, right)), Kind.Staff, rights: [right]);
        all.Add("an admin", await all.Token(app.NewUser(tenant, UserRole.Admin)), Kind.Admin);
        all.Add("a customer", await all.Token(app.NewCustomer(tenant)), Kind.Customer);
        all.Add("a platform admin", await all.Token(app.NewUser(null, UserRole.PlatformAdmin)), Kind.Platform);
        return all;
    }

    private async Task<LedgerClient> Token(Task<Browser> browser)
    {
        browsers.Add(await browser);
        return browsers[^1].AsClient();
    }

    private void Add(string name, LedgerClient client, Kind kind, string[]? scopes = null, Permission[]? rights = null) =>
        All.Add(new(name, client, kind, scopes, rights ?? []));

    public ValueTask DisposeAsync()
    {
        foreach (var one in browsers) one.Dispose();
        return ValueTask.CompletedTask;
    }
}

internal enum Kind { Nobody, Customer, Staff, Admin, Platform }

/// <param name="Scopes">Of a key with scopes; null for whoever has none.</param>
/// <param name="Rights">What staff were given.</param>
internal sealed record WalkingCaller(string Name, LedgerClient Client, Kind Kind, string[]? Scopes, Permission[] Rights)
{
    /// <summary>A path with an id in it, at which a customer finds nothing, is as good as let in: it is a 404.</summary>
    public string Expected(AccessRule rule, string path)
    {
        if (rule.Who is Who.Public) return "let in";
        if (Kind is Kind.Nobody) return "unauthorized";
        var isKey = Client is { IsKey: true };
        var fits = rule.Who switch
        {
            Who.SignedIn => !isKey,
            Who.CustomerOwn => Kind is Kind.Customer or Kind.Staff or Kind.Admin,
            Who.Staff => Kind is Kind.Staff or Kind.Admin,
            Who.StaffOrPlatform => Kind is Kind.Staff or Kind.Admin or Kind.Platform,
            Who.Admin => Kind is Kind.Admin,
            Who.PlatformAdmin => Kind is Kind.Platform,
            _ => throw new InvalidOperationException($"{rule.Who} at {path} is new: say who it lets in."),
        };
        if (Scopes is not null && rule.Scope is not null) fits &= Scopes.Contains(rule.Scope);
        if (rule.Right is { } right) fits &= Kind is Kind.Admin or Kind.Platform || Rights.Contains(right);
        return fits ? "let in" : "forbidden";
    }
}
