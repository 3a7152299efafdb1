using Ledger.Domain.Exports;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.EventStore.Events;

namespace Ledger.Api.Exports;

/// <param name="Filter">By what the list of the resource can be narrowed; absent for all.</param>
public sealed record ExportRequest(ExportResource? Resource = null, ExportFormat Format = ExportFormat.Csv, ExportFilter? Filter = null)
{
    /// <exception cref="ProblemException">Something in it is wrong.</exception>
    internal void OrRefuse()
    {
        var filter = Filter ?? new();
        var words = Resource switch
        {
            ExportResource.Invoices => Words<InvoiceStatus>(), ExportResource.Payments => Words<PaymentStatus>(), ExportResource.Orders => Words<OrderStatus>(),
            ExportResource.Subscriptions => Words<SubscriptionStatus>(), _ => [],
        };
        var (hasDays, hasExternalId) = (Resource is ExportResource.Invoices or ExportResource.Payments or ExportResource.Orders,
            Resource is ExportResource.Customers or ExportResource.Subscriptions);
        new Check().And(Resource is not null, "/resource", "required", "What is to be exported.")
            .And(filter.Status is null || words.Contains(filter.Status), "/filter/status", "unknown_value", words.Count == 0 ? "Customers have none." : $"One of {string.Join(", ", words)}.")
            .And(filter.CustomerId is null || Resource is not ExportResource.Customers, "/filter/customer_id", "not_of_resource", "Customers are not narrowed by it.")
            .And(filter.SubscriptionId is null || hasDays, "/filter/subscription_id", "not_of_resource", "Only invoices, payments and orders are narrowed by it.")
            .And(filter.ExternalId is null || hasExternalId, "/filter/external_id", "not_of_resource", "Only customers and subscriptions are narrowed by it.")
            .And((filter.FromDate ?? filter.ToDate) is null || hasDays, "/filter/from_date", "not_of_resource", "Only invoices, payments and orders are narrowed by days.")
            .And(!(filter.ToDate < filter.FromDate), "/filter/to_date", "before_start", "Not before the first day.")
            .ExternalId(filter.ExternalId).OrRefuse();
    }

    private static List<string> Words<TEnum>() where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(EventTypes.SnakeCase)];
}
