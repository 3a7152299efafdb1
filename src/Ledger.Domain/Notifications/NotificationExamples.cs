namespace Ledger.Domain.Notifications;

/// <summary>What previews and tests of templates are filled with.</summary>
public static class NotificationExamples
{
    private static readonly Dictionary<string, string> Values = new()
    {
        ["customer_name"] = "Jón Jónsson", ["customer_handle"] = "C-7ZB4Q0K9M2XW", ["invoice_number"] = "1042", ["amount"] = "15.000 kr.",
        ["issued_date"] = "1.11.2025", ["due_date"] = "15.11.2025", ["paid_date"] = "1.11.2025", ["payment_reference"] = "0198f3c2",
        ["reason"] = "card_declined", ["attempt"] = "2", ["ends_on"] = "21.11.2025", ["card_brand"] = "visa", ["card_last4"] = "4242",
        ["card_expiry"] = "11/2025", ["points"] = "150", ["points_balance"] = "1.850", ["class_name"] = "Yoga <3", ["starts_at"] = "1.11.2025 18:00",
        ["job_id"] = "J-17", ["hours_until"] = "24", ["subject"] = "Re: ?", ["staff_name"] = "Anna", ["reply_text"] = "Já & nei.", ["message_id"] = "M-1",
        ["endpoint_url"] = "https://shop.example.is/hook",
    };

    public static IReadOnlyDictionary<string, string> Of(NotificationKind kind, string tenantName) =>
        kind.AllPlaceholders.ToDictionary(name => name, name => name is "tenant_name" ? tenantName : Values[name]);
}
