namespace Ledger.Api.Notifications;

internal static class NotificationRoutes
{
    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        api.MapGroup("/notifications").WithTags("Notifications").MapSendNotification();
        api.MapGroup("/notification-events").WithTags("Notifications").MapNotificationEvents();
        api.MapGroup("/message-templates").WithTags("Notifications").MapMessageTemplates();
        api.MapGroup("/message-logs").WithTags("Notifications").MapMessageLogs();
        api.MapGroup("/customers").WithTags("Notifications").MapNotificationPreferences();
        api.MapGroup("/tenants").WithTags("Notifications").MapNotificationSettings();
    }
}
