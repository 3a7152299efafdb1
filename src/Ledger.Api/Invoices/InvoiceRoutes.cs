namespace Ledger.Api.Invoices;

internal static class InvoiceRoutes
{
    public static void MapInvoices(this IEndpointRouteBuilder api)
    {
        var invoices = api.MapGroup("/invoices").WithTags("Invoices");
        invoices.MapListInvoices();
        invoices.MapGetInvoice();
        invoices.MapCreateInvoice();
        invoices.MapInvoiceCommands();
        invoices.MapPayInvoice();
    }
}
