using System.Globalization;
using NodaTime;

namespace Ledger.Torture.Load;

/// <summary>One client of the ledger with customers of its own: takes in new ones, and does what the others ask for.</summary>
/// <remarks>The seed decides what is asked for; what comes of it, the ledger.</remarks>
internal sealed class Clerk(int number, int seed, Caller caller, Findings findings)
{
    private const string Good = "sbx_visa_4242_1235";
    private static readonly string?[] Cards =
        [Good, Good, Good, Good, Good, Good, "sbx_visa_4242_0326", "sbx_visa_0002_1235", "sbx_visa_9995_1235", null];

    private static readonly string[] Frequencies =
        ["monthly", "monthly", "monthly", "monthly", "weekly", "weekly", "every_2_weeks", "quarterly", "quarterly", "yearly"];

    private static readonly string[] Expected = ["subscription_not_active", "subscription_not_on_hold", "subscription_ended"];
    private readonly Random random = new(HashCode(seed, number));
    private readonly List<Subscriber> subscribers = [];

    public Caller Caller => caller;

    /// <summary>Takes in a customer with a card and a subscription.</summary>
    public async Task TakeIn(LocalDate today)
    {
        var count = subscribers.Count + 1;
        var card = Pick(Cards);
        // Without an id of the clerk's own only the key tells a repeat from a second customer.
        var made = await Do("createCustomer", "/customers", new
        {
            full_name = $"Customer {number} {count}", postal_code = "101", external_id = random.Next(2) == 0 ? $"T-{number}-{count}" : null,
        });
        if (made is null) return;
        var subscriber = new Subscriber(made.Id) { CanPay = card == Good };
        subscribers.Add(subscriber);
        if (card is not null) _ = await Do("addPaymentMethod", $"/customers/{made.Id}/payment-methods", new { token = card });
        await Subscribe(subscriber, today);
    }

    /// <summary>Does one thing that a customer asks for.</summary>
    public Task Serve(LocalDate today) => random.Next(100) switch
    {
        < 30 => TakeIn(today),
        < 38 => Any(_ => true) is { } one ? Subscribe(one, today) : Task.CompletedTask,
        < 55 => Change("pause", "active", new { reason = "away" }),
        < 78 => Change("resume", "on_hold", null),
        < 86 => Change("cancel", "active", new { cancel_at_period_end = random.Next(2) == 0 }),
        < 89 => Change("cancel", "on_hold", new { cancel_at_period_end = true }),
        _ => Any(one => !one.CanPay) is { } one ? Rescue(one) : TakeIn(today),
    };

    private async Task Subscribe(Subscriber subscriber, LocalDate today)
    {
        LocalDate? start = random.Next(5) switch { 0 => today.PlusDays(-random.Next(1, 40)), 1 => today.PlusDays(random.Next(1, 20)), _ => null };
        var made = await Do("createSubscription", "/subscriptions", new
        {
            customer_id = subscriber.Id, start_date = start?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), frequency = Pick(Frequencies),
            items = new[] { new { description = "Plan", quantity = random.Next(1, 3), price = new { amount = random.Next(20) == 0 ? 0 : random.Next(500, 10_000), currency = "USD" } } },
        });
        if (made is not null) subscriber.Subscriptions.Add(new(made.Id) { Status = (string)made.Json!["status"]! });
    }

    private async Task Change(string verb, string of, object? body)
    {
        var some = subscribers.SelectMany(one => one.Subscriptions).Where(one => one.Status == of).ToList();
        if (some.Count == 0) return;
        var subscription = Pick(some);
        var done = await Do($"{verb}Subscription", $"/subscriptions/{subscription.Id}/{verb}", body);
        subscription.Status = done is null ? "refused" : (string)done.Json!["status"]!;
    }

    /// <summary>Gives a customer who cannot pay a card that can.</summary>
    private async Task Rescue(Subscriber subscriber)
    {
        var card = await Do("addPaymentMethod", $"/customers/{subscriber.Id}/payment-methods", new { token = Good });
        if (card is null) return;
        _ = await Do("setDefaultPaymentMethod", $"/payment-methods/{card.Id}/set-default", null);
        subscriber.CanPay = true;
        foreach (var one in subscriber.Subscriptions.Where(one => one.Status == "pending"))
            if (await Do("activateSubscription", $"/subscriptions/{one.Id}/activate", null) is { } active) one.Status = (string)active.Json!["status"]!;
    }

    /// <summary>Null when the ledger says no, as it may.</summary>
    private async Task<Acknowledged?> Do(string what, string path, object? body)
    {
        var answer = await caller.Post(what, path, body);
        if (answer.IsDone) return answer;
        if (!Expected.Contains(answer.Code)) findings.Add($"A client did not expect this: {answer}: {answer.Json}");
        return null;
    }

    private Subscriber? Any(Func<Subscriber, bool> wanted)
    {
        var some = subscribers.Where(wanted).ToList();
        return some.Count == 0 ? null : Pick(some);
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>The same everywhere, other than the runtime's.</summary>
    private static int HashCode(int seed, int number) => unchecked(seed * 397 + number * 7919);
}
