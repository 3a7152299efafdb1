namespace Ledger.Scenarios.Kills;

/// <summary>Every command of the API that moves money, each about something of its own.</summary>
internal static class MoneyWishes
{
    /// <summary>By the name of the operation.</summary>
    public static IReadOnlyDictionary<string, Func<KilledShop, Task<Wish>>> All { get; } = new Dictionary<string, Func<KilledShop, Task<Wish>>>
    {
        ["payInvoice"] = PayInvoice, ["createRefund"] = Refund, ["capturePayment"] = shop => Held(shop, "capture", "payment_captured"),
        ["cancelPayment"] = shop => Held(shop, "cancel", "payment_cancelled"), ["retryPayment"] = Retry, ["adjustCustomerBalance"] = AdjustBalance,
        ["createPayment"] = CreatePayment, ["createInvoice"] = CreateInvoice, ["createCreditNote"] = CreditNote, ["createSubscription"] = Subscribe,
        ["chargeOrder"] = Charge, ["settleOrder"] = Settle, ["batchRefundOrders"] = RefundBatch, ["adjustClassCredit"] = AdjustClasses,
        ["useClassCredit"] = UseClass, ["issueClassCredit"] = BuyClasses, ["redeemReward"] = Redeem, ["adjustLoyaltyPoints"] = AdjustPoints,
        ["createPaymentIntent"] = Intent,
    };

    /// <summary>Those by which money is lost first, were they done twice.</summary>
    public static IReadOnlyList<string> First { get; } =
        ["payInvoice", "createRefund", "capturePayment", "useClassCredit", "redeemReward", "retryPayment", "adjustCustomerBalance", "createInvoice"];

    private static async Task<Wish> PayInvoice(KilledShop shop)
    {
        var invoice = await Invoice(shop, await shop.Customer());
        return new("payInvoice", $"/invoices/{invoice}/pay", new { }, invoice, "invoice_paid");
    }

    private static async Task<Wish> Refund(KilledShop shop)
    {
        var payment = await Paid(shop);
        return new("createRefund", "/refunds", new { payment_id = payment, amount = Isk(700) }, payment, "payment_refunded");
    }

    private static async Task<Wish> RefundBatch(KilledShop shop)
    {
        var payment = await Paid(shop);
        var one = new { payment_id = payment, amount = Isk(200) };
        return new("batchRefundOrders", "/refund-batches", new { refunds = new[] { one, one } }, payment, "payment_refunded", Times: 2);
    }

    private static async Task<Wish> Held(KilledShop shop, string what, string proof)
    {
        var order = await Order(shop);
        var payment = KilledShop.Id(await shop.Post("/payments", new { order_id = order, card = Card, capture = "manual" }));
        return new(what == "capture" ? "capturePayment" : "cancelPayment", $"/payments/{payment}/{what}", new { }, payment, proof);
    }

    private static async Task<Wish> CreatePayment(KilledShop shop)
    {
        var order = await Order(shop);
        return new("createPayment", "/payments", new { order_id = order, card = Card }, order, "order_paid");
    }

    private static async Task<Wish> Retry(KilledShop shop)
    {
        var customer = await shop.Customer();
        var empty = KilledShop.Id(await shop.Post($"/customers/{customer}/payment-methods", new { token = Shop.Declined }));
        var invoice = await Invoice(shop, customer);
        var payment = await shop.DeclinedPayment($"/invoices/{invoice}/pay", empty);
        _ = await shop.Done(HttpMethod.Patch, $"/payment-methods/{empty}", new { status = "inactive" });
        return new("retryPayment", $"/payments/{payment}/retry", new { force = true }, payment, "payment_retried");
    }

    private static async Task<Wish> AdjustBalance(KilledShop shop)
    {
        var customer = await shop.Customer();
        return new("adjustCustomerBalance", $"/customers/{customer}/balance-adjustments", new { operation = "credit", amount = Isk(500) }, customer, "customer_balance_adjusted");
    }

    private static async Task<Wish> CreateInvoice(KilledShop shop)
    {
        var customer = await shop.Customer();
        return new("createInvoice", "/invoices", new { customer_id = customer, items = Carpet }, customer, "invoice_issued");
    }

    private static async Task<Wish> CreditNote(KilledShop shop)
    {
        var invoice = await Invoice(shop, await shop.Customer());
        return new("createCreditNote", "/credit-notes", new { invoice_id = invoice, amount = Isk(300) }, invoice, "credit_note_issued");
    }

    private static async Task<Wish> Subscribe(KilledShop shop)
    {
        var customer = await shop.Customer();
        return new("createSubscription", "/subscriptions", new
        {
            customer_id = customer, start_date = "2025-11-01", frequency = "monthly", items = new[] { new { product_variation_id = shop.Variation, quantity = 1 } },
        }, customer, "subscription_created_v2");
    }

    private static async Task<Wish> Charge(KilledShop shop)
    {
        var order = await Order(shop, await shop.Customer());
        return new("chargeOrder", $"/orders/{order}/charge", new { }, order, "order_paid");
    }

    private static async Task<Wish> Settle(KilledShop shop)
    {
        var customer = await shop.Customer();
        var order = KilledShop.Id(await shop.Post("/orders", new { customer_id = customer, items = new[] { new { product_variation_id = shop.Variation, quantity = 1 } } }));
        return new("settleOrder", $"/orders/{order}/settle", new { mode = "plan", frequency = "monthly" }, customer, "subscription_created_v2");
    }

    private static async Task<Wish> AdjustClasses(KilledShop shop)
    {
        var (_, credit) = await Classes(shop);
        return new("adjustClassCredit", $"/class-credits/{credit}/adjustments", new { classes = 1 }, credit, "class_credit_adjusted");
    }

    private static async Task<Wish> UseClass(KilledShop shop)
    {
        var (customer, credit) = await Classes(shop);
        _ = await shop.Done(HttpMethod.Put, $"/customers/{customer}/intake-profile", new { });
        var session = KilledShop.Id(await shop.Post("/class-sessions", new { name = "Slow flow", starts_at = "2026-03-01T18:00:00Z", capacity = 5 }));
        var booking = KilledShop.Id(await shop.Post("/bookings", new { class_session_id = session, customer_id = customer }));
        return new("useClassCredit", $"/class-credits/{credit}/use", new { booking_id = booking }, booking, "class_credit_used");
    }

    private static async Task<Wish> BuyClasses(KilledShop shop)
    {
        var customer = await shop.Customer();
        return new("issueClassCredit", "/class-credits", Purchase(customer, await Package(shop)), customer, "class_credit_issued");
    }

    private static async Task<Wish> Redeem(KilledShop shop)
    {
        var customer = await shop.Customer();
        _ = await shop.Post($"/customers/{customer}/loyalty-account/adjustments", new { points = 1000, reason = "Welcome" });
        var reward = KilledShop.Id(await shop.Post("/rewards", new { name = "Cup", points_required = 100 }));
        return new("redeemReward", $"/rewards/{reward}/redeem", new { customer_id = customer }, customer, "loyalty_points_spent");
    }

    private static async Task<Wish> AdjustPoints(KilledShop shop)
    {
        var customer = await shop.Customer();
        return new("adjustLoyaltyPoints", $"/customers/{customer}/loyalty-account/adjustments", new { points = 50, reason = "Sorry" }, customer, "loyalty_points_adjusted");
    }

    private static async Task<Wish> Intent(KilledShop shop)
    {
        var invoice = await Invoice(shop, await shop.Customer());
        return new("createPaymentIntent", "/payment-intents", new { invoice_id = invoice }, invoice, "payment_intent_created");
    }

    private static object Card { get; } = new { number = "4242424242424242", expiry = "12/30", cvv = "123" };

    private static object Carpet { get; } = new[] { new { description = "Carpet", price = Isk(2000) } };

    private static object Isk(long amount) => new { amount, currency = "ISK" };

    private static async Task<string> Invoice(KilledShop shop, string customer) => KilledShop.Id(await shop.Post("/invoices", new { customer_id = customer, items = Carpet }));

    private static async Task<string> Paid(KilledShop shop) => KilledShop.Id(await shop.Post($"/invoices/{await Invoice(shop, await shop.Customer())}/pay", new { }));

    private static async Task<string> Order(KilledShop shop, string? customer = null) =>
        KilledShop.Id(await shop.Post("/orders", new { amount = 900, customer_id = customer }));

    private static async Task<string> Package(KilledShop shop) => KilledShop.Id(await shop.Post("/class-packages", new { name = "Pass", class_count = 5, price = Isk(10000), validity_days = 365 }));

    private static object Purchase(string customer, string package) =>
        new { customer_id = customer, class_package_id = package, payment_id = $"pi_{customer}", amount = 10000, currency = "ISK" };

    private static async Task<(string Customer, string Credit)> Classes(KilledShop shop)
    {
        var customer = await shop.Customer();
        return (customer, KilledShop.Id(await shop.Post("/class-credits", Purchase(customer, await Package(shop)))));
    }
}
