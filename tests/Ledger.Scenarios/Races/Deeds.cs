namespace Ledger.Scenarios.Races;

/// <summary>What a client may do next. Much of it is refused, and none of it may do harm.</summary>
internal static class Deeds
{
    public static IReadOnlyList<Func<Racer, Task>> All { get; } =
    [
        Refund, Refund, RefundOrder, DecideRefund, UseClass, UseClass, ReturnClass, AdjustClasses, BuyClasses, Book, CancelBooking,
        Redeem, Redeem, CancelRedemption, AdjustPoints, ApplyCoupon, AdjustBalance, AdjustBalance, Retry, Retry, Invoice, Pay, Pay, Void, WriteOff,
        CreditNote, CreditNote, Order, Charge, CancelOrder, CardPayment, Intent, ChangeItems, Pause, Resume, Cancel, Reactivate, Subscribe, Bill, Look,
    ];

    private static async Task Refund(Racer by) => (await by.Post("/refunds", by.Random.Next(3) == 0
        ? new { payment_id = by.Ground.Payments.Any(by.Random) }
        : new { payment_id = by.Ground.Payments.Any(by.Random), amount = Racer.Isk(by.Random.Next(1, 9000)) })).Into(by.Ground.Refunds);

    private static async Task RefundOrder(Racer by) => (await by.Post("/refunds", new { order_id = by.Ground.Orders.Any(by.Random) })).Into(by.Ground.Refunds);

    private static Task<LedgerAnswer> DecideRefund(Racer by) =>
        by.Post($"/refunds/{by.Ground.Refunds.Any(by.Random)}/{(by.Random.Next(2) == 0 ? "approve" : "reject")}", new { });

    private static Task<LedgerAnswer> UseClass(Racer by) => by.Post($"/class-credits/{by.Ground.Credits.Any(by.Random)}/use", new { booking_id = by.Ground.Bookings.Any(by.Random) });

    private static Task<LedgerAnswer> ReturnClass(Racer by) => by.Post($"/class-credits/{by.Ground.Credits.Any(by.Random)}/refund", new { booking_id = by.Ground.Bookings.Any(by.Random) });

    private static Task<LedgerAnswer> AdjustClasses(Racer by) =>
        by.Post($"/class-credits/{by.Ground.Credits.Any(by.Random)}/adjustments", new { classes = by.Random.Next(2) == 0 ? 1 : -1 });

    private static async Task BuyClasses(Racer by) => (await by.Post("/class-credits", new
    {
        customer_id = by.Ground.Customers.Any(by.Random), class_package_id = by.Ground.Package, payment_id = $"pi_{by.Random.Next(50)}",
        amount = 10001, currency = "ISK",
    })).Into(by.Ground.Credits);

    private static async Task Book(Racer by) => (await by.Post("/bookings", new
    {
        class_session_id = by.Ground.Sessions.Any(by.Random), customer_id = by.Ground.Customers.Any(by.Random),
    })).Into(by.Ground.Bookings);

    private static Task<LedgerAnswer> CancelBooking(Racer by) => by.Post($"/bookings/{by.Ground.Bookings.Any(by.Random)}/cancel", new { });

    private static async Task Redeem(Racer by) => (await by.Post(
        $"/rewards/{by.Ground.Rewards.Any(by.Random)}/redeem", new { customer_id = by.Ground.Customers.Any(by.Random) })).Into(by.Ground.Redemptions);

    private static Task<LedgerAnswer> CancelRedemption(Racer by) => by.Post($"/reward-redemptions/{by.Ground.Redemptions.Any(by.Random)}/cancel", new { });

    private static Task<LedgerAnswer> AdjustPoints(Racer by) => by.Post(
        $"/customers/{by.Ground.Customers.Any(by.Random)}/loyalty-account/adjustments", new { points = by.Random.Next(2) == 0 ? 300 : -700, reason = "Race" });

    private static Task<LedgerAnswer> ApplyCoupon(Racer by) => by.Post(
        $"/subscriptions/{by.Ground.Subscriptions.Any(by.Random)}/coupons", new { code = Ground.Coupons[by.Random.Next(Ground.Coupons.Count)] });

    private static Task<LedgerAnswer> AdjustBalance(Racer by) => by.Post($"/customers/{by.Ground.Customers.Any(by.Random)}/balance-adjustments", new
    {
        operation = by.Random.Next(2) == 0 ? "credit" : "charge", amount = Racer.Isk(by.Random.Next(1, 4000)),
    });

    private static Task<LedgerAnswer> Retry(Racer by) => by.Post($"/payments/{by.Ground.Payments.Any(by.Random)}/retry", new { force = by.Random.Next(3) > 0 });

    private static async Task Invoice(Racer by) => (await by.Post("/invoices", new
    {
        customer_id = by.Ground.Customers.Any(by.Random),
        items = new[] { new { description = "Carpet", quantity = by.Random.Next(1, 4), price = Racer.Isk(by.Random.Next(100, 5000)), tax_rate = "0.24" } },
    })).Into(by.Ground.Invoices);

    private static async Task Pay(Racer by) => (await by.Post($"/invoices/{by.Ground.Invoices.Any(by.Random)}/pay", new { })).Into(by.Ground.Payments);

    private static Task<LedgerAnswer> Void(Racer by) => by.Post($"/invoices/{by.Ground.Invoices.Any(by.Random)}/void", new { });

    private static Task<LedgerAnswer> WriteOff(Racer by) => by.Random.Next(3) > 0 ? Void(by) : by.Post($"/invoices/{by.Ground.Invoices.Any(by.Random)}/write-off", new { });

    private static Task<LedgerAnswer> CreditNote(Racer by) => by.Post("/credit-notes", by.Random.Next(4) == 0
        ? new { invoice_id = by.Ground.Invoices.Any(by.Random) }
        : new { invoice_id = by.Ground.Invoices.Any(by.Random), amount = Racer.Isk(by.Random.Next(1, 3000)) });

    private static async Task Order(Racer by) => (await by.Post("/orders", by.Random.Next(2) == 0
        ? new { customer_id = by.Ground.Customers.Any(by.Random), amount = by.Random.Next(100, 9000) }
        : new { customer_id = by.Ground.Customers.Any(by.Random), items = new[] { new { product_variation_id = by.Ground.Shop.Variation, quantity = 1 } } })).Into(by.Ground.Orders);

    private static async Task Charge(Racer by)
    {
        var charged = await by.Post($"/orders/{by.Ground.Orders.Any(by.Random)}/charge", new { });
        charged.Into(by.Ground.Payments, "payment_id");
        charged.Into(by.Ground.Invoices, "invoice_id");
    }

    private static Task<LedgerAnswer> CancelOrder(Racer by) => by.Post($"/orders/{by.Ground.Orders.Any(by.Random)}/cancel", new { });

    private static async Task CardPayment(Racer by)
    {
        var card = new { number = by.Random.Next(3) == 0 ? "4000000000000002" : "4242424242424242", expiry = "12/30", cvv = "123" };
        var isHeld = by.Random.Next(2) == 0;
        var paid = await by.Post("/payments", isHeld
            ? new { order_id = by.Ground.Orders.Any(by.Random), card, capture = "manual" }
            : new { order_id = by.Ground.Orders.Any(by.Random), card });
        paid.Into(by.Ground.Payments);
        if (isHeld && paid.Status == 201) _ = await by.Post($"/payments/{paid.Id}/{(by.Random.Next(2) == 0 ? "capture" : "cancel")}", new { });
    }

    private static async Task Intent(Racer by)
    {
        var intent = await by.Post("/payment-intents", by.Random.Next(2) == 0
            ? new { invoice_id = by.Ground.Invoices.Any(by.Random) }
            : new { order_id = by.Ground.Orders.Any(by.Random) });
        if (intent.Status != 201 || (string?)intent.Json["client_secret"] is not { } secret) return;
        var number = by.Random.Next(3) == 0 ? Payments.Merchant.Declined : Payments.Merchant.Good;
        using var page = await new Payments.Merchant(by.Ground.App, by.Ground.Tenant).Browser(secret, number);
        (await by.Post($"/payment-intents/{intent.Id}/confirm", new { })).Into(by.Ground.Payments, "payment_id");
    }

    private static Task<LedgerAnswer> ChangeItems(Racer by) => by.Put($"/subscriptions/{by.Ground.Subscriptions.Any(by.Random)}/items", new
    {
        items = new[] { new { product_variation_id = by.Ground.Shop.Variation, quantity = by.Random.Next(1, 5) } },
        when = by.Random.Next(3) == 0 ? "period_end" : "now",
    });

    private static Task<LedgerAnswer> Pause(Racer by) => by.Post($"/subscriptions/{by.Ground.Subscriptions.Any(by.Random)}/pause", new { credit_unused = by.Random.Next(2) == 0 });

    private static Task<LedgerAnswer> Resume(Racer by) => by.Post($"/subscriptions/{by.Ground.Subscriptions.Any(by.Random)}/resume", new { });

    private static Task<LedgerAnswer> Cancel(Racer by) => by.Post($"/subscriptions/{by.Ground.Subscriptions.Any(by.Random)}/cancel", new { refund_unused = by.Random.Next(2) == 0 });

    private static Task<LedgerAnswer> Reactivate(Racer by) => by.Post($"/subscriptions/{by.Ground.Subscriptions.Any(by.Random)}/reactivate", new { });

    private static async Task Subscribe(Racer by) => (await by.Post("/subscriptions", new
    {
        customer_id = by.Ground.Customers.Any(by.Random), start_date = "2025-10-20", frequency = "weekly", delivery_option_id = 3,
        items = new[] { new { product_variation_id = by.Ground.Shop.Variation, quantity = 1 } },
    })).Into(by.Ground.Subscriptions);

    private static Task<LedgerAnswer> Bill(Racer by) => by.Post("/billing-runs", new { as_of_date = "2025-11-01" });

    /// <summary>Finds what others, and the workers, have made.</summary>
    private static async Task Look(Racer by)
    {
        foreach (var (path, things) in new[] { ("/payments", by.Ground.Payments), ("/invoices", by.Ground.Invoices), ("/orders", by.Ground.Orders) })
            foreach (var one in (await by.Get($"{path}?limit=50")).Is(200).Json["data"]!.AsArray()) things.Add(one!["id"]!.ToString());
    }
}
