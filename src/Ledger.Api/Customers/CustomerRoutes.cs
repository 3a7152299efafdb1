namespace Ledger.Api.Customers;

internal static class CustomerRoutes
{
    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Customers");
        customers.MapCreateCustomer();
        customers.MapListCustomers();
        customers.MapGetCustomer();
        customers.MapChangeCustomer();
        customers.MapDeleteCustomer();
    }
}
