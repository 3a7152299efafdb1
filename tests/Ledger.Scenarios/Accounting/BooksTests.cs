using System.Globalization;
using System.Text.Json.Nodes;
using Ledger.Domain.Accounting;
using Ledger.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Scenarios.Accounting;

/// <summary>The journal, the trial balance, the reports and the explanations say the same, at once and at every position.</summary>
[Collection("app")]
public class BooksTests(SharedApp shared)
{
    private static readonly LocalDate Today = new(2026, 1, 20);

    /// <summary>A coupon that takes off all of the invoice: nothing is posted, and revenue is earned.</summary>
    [Fact]
    public async Task A_document_of_nothing_is_in_every_figure_at_once()
    {
        var shop = await Billed();
        var trial = (await shop.Admin.Get("/trial-balance")).Is(200).Json;
        var month = (await shop.Admin.Get("/reports/revenue?from=2026-01-01&to=2026-01-31")).Is(200).Json["data"]!.AsArray().ShouldHaveSingleItem()!;
        foreach (var (account, figure) in new[] { ("income:revenue", "revenue"), ("income:discounts", "discounts") })
        {
            var booked = -Balances(trial).GetValueOrDefault(account);
            booked.ShouldNotBe(0, account);
            booked.ShouldBe((await Explained(shop, account)).Sum(), account);
            (await Exported(shop, account)).ShouldBe(-booked, account);
        }

        Amount(month["discounts"]).ShouldBeLessThan(0);
        Amount(month["net"]).ShouldBe(Amount(month["revenue"]) + Amount(month["discounts"]) + Amount(month["refunds"]));
    }

    [Fact]
    public async Task At_every_position_the_trial_balance_is_the_sum_of_the_journal()
    {
        var shop = await Billed();
        var entries = await Entries(shop, "/api/v1/journal-entries?limit=100");
        foreach (var position in entries.Select(one => one["position"]!.GetValue<long>()))
        {
            var expected = Sum(entries.Where(one => one["position"]!.GetValue<long>() <= position));
            var trial = Balances((await shop.Admin.Get($"/trial-balance?position={position}")).Is(200).Json);
            trial.Where(one => one.Value != 0).ShouldBe(expected.Where(one => one.Value != 0), ignoreOrder: true, $"position {position}");
        }
    }

    [Fact]
    public async Task Every_account_links_to_the_entries_that_make_up_its_balance()
    {
        var shop = await Billed();
        foreach (var (account, balance) in Balances((await shop.Admin.Get("/trial-balance")).Is(200).Json))
        {
            var link = (await shop.Admin.Get($"/accounts/{account}/explain")).Is(200).Json["entries"]!.GetValue<string>();
            var entries = await Entries(shop, link);
            entries.ShouldNotBeEmpty(account);
            Sum(entries).GetValueOrDefault(account).ShouldBe(balance, account);
        }
    }

    private async Task<Shop> Billed()
    {
        var shop = await Shop.Open(shared.App, "2026-01-02");
        _ = (await shop.Admin.Post("/coupons", new { code = "ALL", discount_type = "fixed_amount", fixed_amount = new { amount = 40_000, currency = "ISK" } })).Is(201);
        _ = (await shop.Admin.Post("/subscriptions", new
        {
            customer_id = await shop.Customer(), start_date = "2026-01-02", frequency = "monthly", coupon_codes = new[] { "ALL" },
            items = new[] { new { product_variation_id = shop.Variation, quantity = 4 } },
        })).Is(201);
        _ = await shop.Advance("2026-01-05T12:00:00Z");
        var other = (await shop.Admin.Post("/subscriptions", new
        {
            customer_id = await shop.Customer(), start_date = "2026-01-05", frequency = "monthly",
            items = new[] { new { product_variation_id = shop.Variation, quantity = 1 } },
        })).Is(201).Id;
        _ = await shop.Settled(other);
        _ = await shop.Advance("2026-01-12T12:00:00Z");
        _ = (await shop.Admin.Post($"/subscriptions/{other}/cancel", new { refund_unused = true })).Is(200);
        _ = await shop.Advance($"{Today:uuuu-MM-dd}T12:00:00Z");
        return shop;
    }

    private static async Task<List<JsonNode>> Entries(Shop shop, string link) =>
        [.. (await shop.Admin.Get(link["/api/v1".Length..])).Is(200).Json["data"]!.AsArray().Select(one => one!)];

    /// <summary>What the account's link lists, each as what it brings by today.</summary>
    private static async Task<IEnumerable<long>> Explained(Shop shop, string account) =>
        (await Entries(shop, (await shop.Admin.Get($"/accounts/{account}/explain")).Is(200).Json["entries"]!.GetValue<string>()))
            .Select(one => -Sum([one]).GetValueOrDefault(account));

    private static async Task<long> Exported(Shop shop, string account) =>
        (await shop.Admin.Get("/journal-export?format=csv")).Is(200).Text.Split('\n').Select(line => line.Split(','))
            .Where(cells => cells.Length > 4 && cells[3] == account).Sum(cells => long.Parse(cells[4], CultureInfo.InvariantCulture));

    private static Dictionary<string, long> Sum(IEnumerable<JsonNode> entries)
    {
        var sums = new Dictionary<string, long>();
        foreach (var entry in entries)
        {
            foreach (var one in entry["postings"]!.AsArray()) Add(one!["account"]!.GetValue<string>(), one["amount"]!.GetValue<long>());
            foreach (var one in entry["spread"]!.AsArray())
            {
                var over = new BillingPeriod(Day(one!["over"]!["from"]), Day(one["over"]!["until"]));
                var moved = new Spread("", "", one["amount"]!.GetValue<long>(), "ISK", over).MovedBy(Today);
                Add(one["from"]!.GetValue<string>(), moved);
                Add(one["to"]!.GetValue<string>(), -moved);
            }
        }

        return sums;

        void Add(string account, long amount) => sums[account] = sums.GetValueOrDefault(account) + amount;
    }

    private static Dictionary<string, long> Balances(JsonNode trial) => trial["accounts"]!.AsArray()
        .ToDictionary(one => one!["account"]!.GetValue<string>(), one => one!["balance"]!.GetValue<long>());

    private static LocalDate Day(JsonNode? text) => LocalDatePattern.Iso.Parse(text!.GetValue<string>()).Value;

    private static long Amount(JsonNode? money) => money!["amount"]!.GetValue<long>();
}
