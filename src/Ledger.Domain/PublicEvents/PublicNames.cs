namespace Ledger.Domain.PublicEvents;

/// <summary>The names under which others know what happens, and the shape of what they are told. Names stay for ever.</summary>
public static class PublicNames
{
    public const string PaymentAuthorized = "payment.authorized", PaymentSucceeded = "payment.succeeded", PaymentFailed = "payment.failed",
        PaymentRefunded = "payment.refunded";

    /// <summary>Of every shape: another comes with a member that is removed or means something else.</summary>
    public const int Version = 1;

    private static readonly (Type Shape, string[] Names)[] Table =
    [
        (typeof(PublicCustomer), ["customer.created", "customer.updated", "customer.deleted"]),
        (typeof(PublicBalance), ["customer.balance_adjusted"]),
        (typeof(PublicSubscription),
            [
                "subscription.created", "subscription.activated", "subscription.paused", "subscription.resumed", "subscription.past_due",
                "subscription.error", "subscription.recovered", "subscription.cancelled", "subscription.reactivated", "subscription.expired",
            ]),
        (typeof(PublicOrder), ["order.created", "order.paid", "order.partially_paid", "order.failed", "order.refunded"]),
        (typeof(PublicInvoice), ["invoice.created", "invoice.paid", "invoice.overdue"]),
        (typeof(PublicPayment), [PaymentAuthorized, PaymentSucceeded, PaymentFailed, PaymentRefunded]),
        (typeof(PublicPaymentMethod), ["payment_method.added", "payment_method.removed"]),
        (typeof(PublicRefund), ["refund.requested", "refund.succeeded"]),
        (typeof(PublicClassCredit), ["class_credit.issued", "class_credit.used", "class_credit.refunded"]),
        (typeof(PublicPointsEarned), ["loyalty.points_earned"]),
        (typeof(PublicRedemption), ["loyalty.reward_redeemed"]),
        (typeof(PublicBooking), ["booking.created", "booking.confirmed", "booking.cancelled"]),
    ];

    private static readonly Dictionary<string, Type> Shapes =
        Table.SelectMany(row => row.Names.Select(name => (name, row.Shape))).ToDictionary(one => one.name, one => one.Shape);

    public static IReadOnlyList<string> All { get; } = [.. Shapes.Keys];

    public static bool Has(string name) => Shapes.ContainsKey(name);

    public static Type ShapeOf(string name) => Shapes[name];
}
