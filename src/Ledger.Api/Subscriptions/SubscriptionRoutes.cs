namespace Ledger.Api.Subscriptions;

internal static class SubscriptionRoutes
{
    public static void MapSubscriptions(this IEndpointRouteBuilder api)
    {
        var subscriptions = api.MapGroup("/subscriptions").WithTags("Subscriptions");
        subscriptions.MapCreateSubscription();
        subscriptions.MapListSubscriptions();
        subscriptions.MapGetSubscription();
        subscriptions.MapReplaceSubscriptionItems();
        subscriptions.MapActivateSubscription();
        subscriptions.MapPauseSubscription();
        subscriptions.MapResumeSubscription();
        subscriptions.MapCancelSubscription();
        subscriptions.MapChangeSubscriptionPaymentMethod();
        subscriptions.MapChangeSubscriptionFrequency();
        subscriptions.MapSubscriptionPlan();
        subscriptions.MapReactivateSubscription();
        subscriptions.MapPreviewSubscription();
        subscriptions.MapUpcomingInvoice();
        subscriptions.MapApplyCoupon();
        subscriptions.MapDunningForecast();
    }
}
