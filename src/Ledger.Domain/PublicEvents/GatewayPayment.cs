using System.Text.Json.Serialization;
using Ledger.Domain.Payments;

namespace Ledger.Domain.PublicEvents;

/// <summary>A payment as merchants of payment gateways are told of it: these seven fields and no others.</summary>
/// <param name="Amount">In major units, with all the decimals of the currency: <c>100.00</c>.</param>
/// <param name="OrderId">Null where it was for no order.</param>
public sealed record GatewayPayment(
    string Event, PaymentId PaymentId, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? OrderId, string Amount, Currency Currency,
    string Status, Instant CreatedAt)
{
    /// <summary>Null for what is not about a payment.</summary>
    public static GatewayPayment? Of(PublicEvent told, Instant at) => told.Data is not PublicPayment payment ? null : new(
        told.Name, payment.Id, payment.OrderId, (payment.Refund ?? payment.Amount).ToDecimalString(), payment.Amount.Currency,
        told.Name is PublicNames.PaymentSucceeded ? "captured" : told.Name["payment.".Length..], at);
}
