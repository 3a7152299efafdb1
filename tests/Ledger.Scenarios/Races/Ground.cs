namespace Ledger.Scenarios.Races;

/// <summary>A tenant with few things of each kind, so that many who ask at once ask for the same.</summary>
internal sealed class Ground
{
    private Ground(LedgerApp app, Shop shop) => (App, Shop) = (app, shop);

    public LedgerApp App { get; }

    public Shop Shop { get; }

    public TestTenant Tenant => Shop.Tenant;

    public Things Customers { get; } = new();

    public Things Subscriptions { get; } = new();

    public Things Invoices { get; } = new();

    public Things Orders { get; } = new();

    public Things Payments { get; } = new();

    public Things Refunds { get; } = new();

    public Things Credits { get; } = new();

    public Things Sessions { get; } = new();

    public Things Bookings { get; } = new();

    public Things Rewards { get; } = new();

    public Things Redemptions { get; } = new();

    public string Package { get; private set; } = "";

    public static IReadOnlyList<string> Coupons { get; } = ["TWENTY", "TEN", "FIXED"];

    public static async Task<Ground> Open(LedgerApp app)
    {
        var ground = new Ground(app, await Shop.Open(app));
        var admin = ground.Tenant.Admin;
        _ = (await admin.Patch("/tenants/current/settings", new { loyalty_points_per_unit = 1 })).Is(200);
        await ground.Tenant.BillsBy("weekly", "monthly");
        _ = (await admin.Post("/coupons", new { code = "TWENTY", discount_type = "percentage", amount = 20, fixed_deliveries = 1 })).Is(201);
        _ = (await admin.Post("/coupons", new { code = "TEN", discount_type = "percentage", amount = 10, fixed_deliveries = 2 })).Is(201);
        _ = (await admin.Post("/coupons", new { code = "FIXED", discount_type = "fixed_amount", fixed_amount = new { amount = 500, currency = "ISK" }, fixed_deliveries = 1 })).Is(201);
        foreach (var points in new[] { 500, 2000 }) ground.Rewards.Add((await admin.Post("/rewards", new { name = $"For {points}", points_required = points })).Is(201).Id);
        ground.Package = (await admin.Post("/class-packages", new
        {
            name = "5 Class Pass", class_count = 5, price = new { amount = 10001, currency = "ISK" }, validity_days = 365,
        })).Is(201).Id;
        for (var i = 0; i < 2; i++)
        {
            ground.Sessions.Add((await admin.Post("/class-sessions", new
            {
                name = "Slow flow", starts_at = "2026-03-01T18:00:00Z", capacity = 6, price = new { amount = 2500, currency = "ISK" },
            })).Is(201).Id);
        }

        foreach (var card in new[] { Shop.Good, Shop.Good, Shop.Declined, Shop.Good, Shop.Declined }) await ground.Settle(card);
        return ground;
    }

    /// <summary>Waits until all that was set off is done: the clock moves no earlier.</summary>
    public Task Quiet() => Shop.Advance("2025-11-01T12:30:00Z");

    private async Task Settle(string card)
    {
        var customer = await Shop.Customer(card);
        Customers.Add(customer);
        if (card == Shop.Declined) _ = (await Tenant.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201);
        _ = (await Tenant.Admin.Put($"/customers/{customer}/intake-profile", new { })).Is(200);
        var subscription = await Shop.Subscribe(customer);
        Subscriptions.Add(subscription);
        Payments.Add((await Shop.Settled(subscription))["id"]!.ToString());
        Credits.Add((await Tenant.Admin.Post("/class-credits", new
        {
            customer_id = customer, class_package_id = Package, payment_id = $"pi_{customer}", amount = 10001, currency = "ISK",
        })).Is(201).Id);
    }
}
