namespace Ledger.Api.Payments;

internal static class PaymentRoutes
{
    public static void MapPayments(this IEndpointRouteBuilder api)
    {
        var payments = api.MapGroup("/payments").WithTags("Payments");
        payments.MapListPayments();
        payments.MapGetPayment();
        payments.MapCreatePayment();
        payments.MapHeldPayments();
        payments.MapRetryPayment();
    }
}
