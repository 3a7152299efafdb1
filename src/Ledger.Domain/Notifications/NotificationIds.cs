using Ledger.Domain.Customers;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Notifications;

/// <summary>A message that somebody asked for, by hand or as a test.</summary>
public readonly record struct NotificationId(Guid Value) : IId<NotificationId>
{
    public static NotificationId From(Guid value) => new(value);

    public StreamId Stream => new("notification", Value);
}

/// <summary>Follows from the tenant: each has its settings once.</summary>
public readonly record struct NotificationSettingsId(Guid Value) : IId<NotificationSettingsId>
{
    public static NotificationSettingsId From(Guid value) => new(value);

    public static NotificationSettingsId Of(TenantId tenant) => new(DerivedId.Of(tenant.Value, "notification settings"));

    public StreamId Stream => new("notification_settings", Value);
}

/// <summary>Follows from the customer: each has preferences once.</summary>
public readonly record struct NotificationPreferencesId(Guid Value) : IId<NotificationPreferencesId>
{
    public static NotificationPreferencesId From(Guid value) => new(value);

    public static NotificationPreferencesId Of(CustomerId customer) => new(DerivedId.Of(customer.Value, "notification preferences"));

    public StreamId Stream => new("notification_preferences", Value);
}

/// <summary>What a template is for: there is one of each.</summary>
public sealed record MessageTemplateKey(NotificationType Type, DocumentLanguage Language, NotificationChannel Channel)
{
    private static readonly Guid Scope = new("0d3b0b60-2d52-5c07-9a06-3f2ad2d8a3c4");

    /// <summary>All there can be, in the order of their types.</summary>
    public static IReadOnlyList<MessageTemplateKey> All { get; } =
    [
        .. from type in Enum.GetValues<NotificationType>()
           from language in Enum.GetValues<DocumentLanguage>()
           from channel in Enum.GetValues<NotificationChannel>()
           select new MessageTemplateKey(type, language, channel),
    ];

    /// <summary>The same in every tenant.</summary>
    public Guid Id { get; } = DerivedId.Of(Scope, $"{Type} {Language} {Channel}");

    public static MessageTemplateKey? Find(Guid id) => All.FirstOrDefault(one => one.Id == id);
}
