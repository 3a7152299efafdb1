using System.Text.Json.Nodes;
using Ledger.Decisions;
using Ledger.EventStore;
using Ledger.EventStore.Commits;
using Ledger.Messaging;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Ledger.Scenarios.Loyalty;

/// <summary>A cleaner in New York who gives 10 points per dollar, and a customer who has logged in.</summary>
internal sealed class LoyaltyShop(LedgerApp app, TestTenant tenant, Browser customer) : IDisposable
{
    public LedgerClient Admin => tenant.Admin;

    public TestTenant Tenant => tenant;

    public Browser Customer => customer;

    public string CustomerId { get; private set; } = "";

    public static async Task<LoyaltyShop> Open(LedgerApp app)
    {
        var tenant = await app.NewTenant("USD", "America/New_York");
        _ = (await tenant.Admin.Patch("/tenants/current/settings", new { loyalty_points_per_unit = 10 })).Is(200);
        var shop = new LoyaltyShop(app, tenant, await app.NewCustomer(tenant));
        shop.CustomerId = (await tenant.Admin.Get("/customers")).Is(200).Json["data"]![0]!["id"]!.GetValue<string>();
        _ = (await shop.Admin.Post($"/customers/{shop.CustomerId}/payment-methods", new { token = Shop.Good })).Is(201);
        return shop;
    }

    /// <returns>The payment, captured.</returns>
    public async Task<string> Pay(long cents)
    {
        var subscription = (await Admin.Post("/subscriptions", new
        {
            customer_id = CustomerId, start_date = "2025-11-01", frequency = "monthly", currency = "USD",
            items = new[] { new { description = "Carpets", quantity = 1, price = new { amount = cents, currency = "USD" } } },
        })).Is(201).Id;
        return (await Until(
            () => Admin.Get($"/payments?subscription_id={subscription}"),
            answer => answer.Json["data"]!.AsArray().Any(one => one!["status"]!.GetValue<string>() == "captured"))).Json["data"]![0]!["id"]!.GetValue<string>();
    }

    public async Task<string> Reward(long points, bool active = true) =>
        (await Admin.Post("/rewards", new { name = $"For {points}", points_required = points, active })).Is(201).Id;

    /// <summary>The account, once it has so many points.</summary>
    public async Task<JsonNode> Account(long points) => (await Until(
        () => Admin.Get($"/customers/{CustomerId}/loyalty-account"), answer => answer.Json["points"]!.GetValue<long>() == points)).Json;

    /// <summary>All changes of points, newest first, as <c>earn 1850 = 1850</c>.</summary>
    public async Task<IReadOnlyList<string>> Transactions()
    {
        await Quiet();
        return [.. (await customer.Get("/customers/me/loyalty-account/transactions")).Is(200).Json["data"]!.AsArray()
            .Select(one => $"{one!["type"]} {one["points"]} = {one["balance"]}")];
    }

    /// <summary>Puts into the log what no request can bring about here.</summary>
    public async Task Happens(StreamId stream, IEvent happened) => _ = await app.Services.GetRequiredService<CommandHandler>()
        .Handle(new Fact(stream, happened), new(tenant.Name, "test", "test", SystemClock.Instance.GetCurrentInstant()), CancellationToken.None);

    /// <summary>Sends a message once more than its policy has.</summary>
    public async Task Tell(IMessage message)
    {
        var context = new MessageContext(Guid.NewGuid(), tenant.Name, "test", SystemClock.Instance.GetCurrentInstant(), 1, null, null);
        _ = await app.Services.GetRequiredService<GroupCommit>().Commit(new Commit(tenant.Name) { Sends = [context.Follow("again", message)] });
    }

    /// <summary>Waits until all that has been set off is done: a clock moves no earlier.</summary>
    public async Task Quiet()
    {
        var advance = (await Admin.Post("/testing/clock-advances", new { to = "2025-11-02T12:00:00Z" })).Json;
        _ = await Until(() => Admin.Get($"/testing/clock-advances/{advance["id"]}"), answer => answer.Json["status"]!.GetValue<string>() == "completed");
    }

    public void Dispose() => customer.Dispose();

    private static async Task<LedgerAnswer> Until(Func<Task<LedgerAnswer>> ask, Func<LedgerAnswer, bool> isSo)
    {
        for (var i = 0; i < 400; i++)
        {
            var answer = (await ask()).Is(200);
            if (isSo(answer)) return answer;
            await Task.Delay(25);
        }

        throw new TimeoutException($"It did not come: {(await ask()).Text}");
    }

    private sealed record Fact(StreamId Stream, IEvent Happened) : IJointCommand
    {
        public async ValueTask<JointDecision> Decide(IStates states)
        {
            if (Happened is Domain.Payments.PaymentEvent) _ = await states.Of<Domain.Payments.Payment, Domain.Payments.PaymentEvent>(Stream);
            return new JointDecision().Append(Stream, Happened);
        }
    }
}
