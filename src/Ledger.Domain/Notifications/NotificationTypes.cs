namespace Ledger.Domain.Notifications;

/// <summary>What people are told of.</summary>
public enum NotificationType
{
    InvoiceCreated, PaymentReceipt, PaymentFailed, PaymentRetryFailed, DunningFinalNotice, SubscriptionExpired, CardExpiring, PointsEarned,
    BookingConfirmed, AppointmentConfirmed, AppointmentReminder, MessageReply, WebhookEndpointDisabled,
}

public enum NotificationChannel { Mail, Sms }

/// <summary>What a type of notification needs and may say.</summary>
/// <param name="IsForStaff">Whether the tenant's admins are told, and not a customer.</param>
/// <param name="IsOptional">Whether a customer may go without.</param>
/// <param name="Data">What has to be given when it is asked for by hand, beside the customer.</param>
/// <param name="Placeholders">What its templates may have filled in, beside <see cref="Common"/>.</param>
public sealed record NotificationKind(
    NotificationType Type, bool IsForStaff, bool IsOptional, IReadOnlyList<string> Data, IReadOnlyList<string> Placeholders)
{
    /// <summary>What every template may have filled in.</summary>
    public static IReadOnlyList<string> Common { get; } = ["tenant_name", "customer_name", "customer_handle"];

    /// <summary>The data that is the id of something of ours; all else is words.</summary>
    public static IReadOnlyList<string> Ids { get; } = ["invoice_id", "payment_id", "subscription_id", "payment_method_id", "booking_id"];

    private static readonly Guid Scope = new("5b9ad3c1-6f7e-5d6c-8a54-6e1f0f3a9d20");

    private static readonly NotificationKind[] Kinds =
    [
        Of(NotificationType.InvoiceCreated, ["invoice_id"], ["invoice_number", "amount", "issued_date", "due_date"]),
        Of(NotificationType.PaymentReceipt, ["payment_id"], ["amount", "paid_date", "payment_reference", "invoice_number"]),
        Of(NotificationType.PaymentFailed, ["payment_id"], ["amount", "reason", "attempt", "invoice_number"]),
        Of(NotificationType.PaymentRetryFailed, ["payment_id"], ["amount", "reason", "attempt", "invoice_number"]),
        Of(NotificationType.DunningFinalNotice, ["subscription_id"], ["amount", "invoice_number", "ends_on"]),
        Of(NotificationType.SubscriptionExpired, ["subscription_id"], ["ends_on"]),
        Of(NotificationType.CardExpiring, ["payment_method_id"], ["card_brand", "card_last4", "card_expiry"], isOptional: true),
        Of(NotificationType.PointsEarned, ["payment_id"], ["points", "points_balance"], isOptional: true),
        Of(NotificationType.BookingConfirmed, ["booking_id"], ["class_name", "starts_at"]),
        Of(NotificationType.AppointmentConfirmed, ["job_id"], ["job_id"]),
        Of(NotificationType.AppointmentReminder, ["job_id", "hours_until"], ["job_id", "hours_until"], isOptional: true),
        Of(NotificationType.MessageReply, ["subject", "staff_name", "reply_text", "message_id"], ["subject", "staff_name", "reply_text", "message_id"]),
        new(NotificationType.WebhookEndpointDisabled, IsForStaff: true, IsOptional: false, [], ["endpoint_url", "reason"]),
    ];

    public static NotificationKind Of(NotificationType type) => Array.Find(Kinds, one => one.Type == type) ?? throw new UnreachableException();

    /// <summary>All there are.</summary>
    public static IReadOnlyList<NotificationKind> All => Kinds;

    /// <summary>The same in every tenant.</summary>
    public Guid Id => DerivedId.Of(Scope, Type.ToString());

    /// <summary>All that a template may have filled in.</summary>
    public IEnumerable<string> AllPlaceholders => Common.Concat(Placeholders);

    private static NotificationKind Of(NotificationType type, string[] data, string[] placeholders, bool isOptional = false) =>
        new(type, IsForStaff: false, isOptional, data, placeholders);
}
