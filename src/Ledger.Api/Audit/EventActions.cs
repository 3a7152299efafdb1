using System.Collections.Frozen;

namespace Ledger.Api.Audit;

/// <summary>What an event did to what.</summary>
public enum AuditAction { Create, Update, Delete }

/// <summary>Of every event in the log: the kind of thing it happened to, and whether that was made, changed or ended.</summary>
/// <remarks>Archived, revoked and removed count as deleted. A name that is not here is of a newer program, and counts as a change.</remarks>
public static class EventActions
{
    private static readonly (string ResourceType, string[] Create, string[] Update, string[] Delete)[] Table =
    [
        ("api_key", ["api_key_issued"], ["api_key_replaced"], ["api_key_revoked"]),
        ("customer_balance", [], ["customer_balance_adjusted", "customer_balance_applied", "customer_balance_credited"], []),
        ("billing_run", ["billing_run_requested"], ["billing_run_completed"], []),
        ("booking", ["booking_created"], ["booking_cancelled", "booking_confirmed", "booking_credit_returned", "booking_paid"], []),
        ("class_credit", ["class_credit_issued"], ["class_credit_adjusted", "class_credit_expired", "class_credit_refunded", "class_credit_used", "class_credit_voided"], []),
        ("class_package", ["class_package_created"], ["class_package_changed"], []),
        ("class_session", ["class_session_created"], ["class_place_freed", "class_place_held", "class_place_taken"], []),
        ("clock_advance", ["clock_advance_requested"], ["clock_moved", "clock_advance_completed"], []),
        ("coupon", ["coupon_created"], ["coupon_changed"], ["coupon_deleted"]),
        ("credit_note", ["credit_note_issued"], [], []),
        ("customer", ["customer_created"], ["customer_changed"], ["customer_deleted"]),
        ("export", ["export_requested"], ["export_completed", "export_failed"], []),
        ("invoice", ["invoice_drafted", "invoice_issued"],
            ["invoice_cancelled", "invoice_credited", "invoice_overdue", "invoice_paid", "invoice_partially_paid", "invoice_written_off"], []),
        ("intake_profile", [], ["intake_profile_completed"], []),
        ("loyalty_account", [], ["loyalty_points_adjusted", "loyalty_points_earned", "loyalty_points_reversed", "loyalty_points_spent"], []),
        ("merchant", ["merchant_registered"], ["merchant_address_proved"], []),
        ("notification", ["message_test_requested", "notification_queued"], [], []),
        ("notification_preferences", [], ["notification_preferences_changed"], []),
        ("notification_settings", ["message_template_created"], ["message_template_changed", "notification_event_configured", "notification_sender_changed"], []),
        ("order", ["order_created"],
            [
                "order_cancelled", "order_changed", "order_delivery_date_changed", "order_failed", "order_items_replaced", "order_linked_to_subscription",
                "order_paid", "order_partially_paid", "order_payment_begun", "order_refunded",
            ], []),
        ("outside_issuer", ["outside_issuer_trusted"], [], ["outside_issuer_forgotten"]),
        ("payment", ["payment_initiated"],
            [
                "payment_authorized", "payment_cancel_requested", "payment_cancelled", "payment_capture_requested", "payment_captured",
                "payment_dispute_changed", "payment_dispute_closed", "payment_disputed", "payment_failed", "payment_outcome_unknown", "payment_refund_released",
                "payment_refund_reserved", "payment_refunded", "payment_retried",
            ], []),
        ("payment_intent", ["payment_intent_created"], ["payment_intent_failed", "payment_intent_renewed", "payment_intent_succeeded"], []),
        ("product", ["product_created"], ["product_changed", "product_shelved", "product_image_uploaded", "product_image_removed"], ["product_archived"]),
        ("product_label", ["product_label_created"], ["product_label_changed"], ["product_label_deleted"]),
        ("product_variation", ["product_variation_created"], ["product_variation_changed", "product_price_changed"], ["product_variation_archived"]),
        ("provider_config", [], ["provider_configured"], []),
        ("taken_provider_event", ["provider_event_received"], [], []),
        ("known_provider_subject", ["provider_event_kept"], ["provider_event_applied", "provider_event_resolved", "provider_subject_known"], []),
        ("refund", ["refund_requested"], ["refund_approved", "refund_failed", "refund_rejected", "refund_succeeded"], []),
        ("reward", ["reward_created"], ["reward_changed"], []),
        ("reward_redemption", ["reward_redeemed"], ["reward_redemption_cancelled", "reward_redemption_fulfilled"], []),
        ("setup_session", ["setup_session_created"], ["setup_session_completed", "setup_session_failed"], []),
        ("subscription", ["subscription_created", "subscription_created_v2"],
            [
                "coupon_applied_to_subscription",
                "subscription_activated", "subscription_adjusted", "subscription_attempt_scheduled", "subscription_billed",
                "subscription_cancel_scheduled", "subscription_cancelled", "subscription_errored",
                "subscription_expired", "subscription_frequency_changed", "subscription_items_replaced", "subscription_past_due",
                "subscription_paused", "subscription_payment_method_changed", "subscription_reactivated", "subscription_recovered",
                "subscription_resumed",
            ], []),
        ("tenant", ["tenant_created"], ["tenant_settings_changed", "tenant_branding_changed", "tenant_logo_uploaded", "dunning_config_changed", "document_settings_changed"], []),
        ("user", ["user_registered"], ["user_rights_changed"], ["user_deactivated"]),
        ("wallet", ["payment_method_added"], ["payment_method_activated", "payment_method_deactivated", "default_payment_method_changed"],
            ["payment_method_removed"]),
        ("webhook_endpoint", ["webhook_endpoint_registered"],
            ["webhook_endpoint_changed", "webhook_secret_rotated", "webhook_endpoint_paused", "webhook_endpoint_resumed", "webhook_endpoint_disabled"],
            ["webhook_endpoint_removed"]),
    ];

    private static readonly FrozenDictionary<string, (string ResourceType, AuditAction Action)> Known = Table
        .SelectMany(row => Rows(row.ResourceType, row.Create, AuditAction.Create)
            .Concat(Rows(row.ResourceType, row.Update, AuditAction.Update)).Concat(Rows(row.ResourceType, row.Delete, AuditAction.Delete)))
        .ToFrozenDictionary(row => row.Event, row => (row.ResourceType, row.Action));

    /// <summary>The names of all events that are classified.</summary>
    public static IEnumerable<string> Events => Known.Keys;

    /// <summary>The kinds of streams.</summary>
    public static IEnumerable<string> ResourceTypes => Table.Select(row => row.ResourceType);

    public static AuditAction Of(string @event) => Known.TryGetValue(@event, out var known) ? known.Action : AuditAction.Update;

    /// <summary>The kind of stream that it is written to; null for a name that is not known.</summary>
    public static string? ResourceTypeOf(string @event) => Known.TryGetValue(@event, out var known) ? known.ResourceType : null;

    /// <summary>The events of a kind of stream that do this; null stands for all.</summary>
    public static IReadOnlyList<string> Where(string? resourceType, AuditAction? action) => [.. Known
        .Where(row => (resourceType ?? row.Value.ResourceType) == row.Value.ResourceType && (action ?? row.Value.Action) == row.Value.Action)
        .Select(row => row.Key)];

    private static IEnumerable<(string Event, string ResourceType, AuditAction Action)> Rows(string resourceType, string[] events, AuditAction action) =>
        events.Select(one => (one, resourceType, action));
}
