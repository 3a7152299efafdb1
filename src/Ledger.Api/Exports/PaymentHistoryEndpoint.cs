using System.Globalization;
using Ledger.Application.Exports;
using Ledger.Domain.Customers;

namespace Ledger.Api.Exports;

internal static class PaymentHistoryEndpoint
{
    private const int FirstYear = 2000, LastYear = 9998;

    private enum HistoryFormat { Csv, Json }

    public static void MapPaymentHistory(this IEndpointRouteBuilder exports) => exports.MapGet("/payment-history", Export)
        .Is("exportPaymentHistory", "What a customer has paid, by format, csv or json, and year; staff say by customer_id of whom.", Who.CustomerOwn)
        .Reads<byte[]>("text/csv");

    private static async Task<IResult> Export(HttpContext http, Call call, PaymentHistory history, CancellationToken ct)
    {
        var format = Enum.Parse<HistoryFormat>(Filter.Word<HistoryFormat>(http, "format") ?? "csv", ignoreCase: true);
        var text = Filter.Text(http, "year");
        Check.That(text is null || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= FirstYear and <= LastYear),
            "year", "not_a_year", "A year, as 2026.").OrRefuse();
        var year = text is null ? (int?)null : int.Parse(text, CultureInfo.InvariantCulture);
        var customer = call.Whose(Filter.Id(http, "customer_id") is { } id ? new CustomerId(id) : null);
        if (format is HistoryFormat.Json) return TypedResults.Json(await history.Json(call.Tenant, customer, year, ct));
        return Attachment.Of(http, await history.Csv(call.Tenant, customer, year, ct), "text/csv; charset=utf-8", $"payment-history-{(text is null ? "all" : year)}.csv");
    }
}
