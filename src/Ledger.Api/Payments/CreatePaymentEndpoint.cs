using System.Globalization;
using System.Text.RegularExpressions;
using Ledger.Api.Orders;
using Ledger.Api.PaymentMethods;
using Ledger.Domain.Customers;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Gateways.Payments;

namespace Ledger.Api.Payments;

/// <summary>A merchant's payment for an order of their own, by a card that is charged this once.</summary>
internal static partial class CreatePaymentEndpoint
{
    public static void MapCreatePayment(this IEndpointRouteBuilder payments) => payments
        .MapPost("/", Create).Is("createPayment", "Charge an order to a card that is not kept; capture 'manual' only holds the money.", Who.Staff)
        .Takes<Request>().Produces<PaymentResponse>(201).Produces<PaymentResponse>(202).Keyed(movesMoney: true)
        .Rejects(OrderRejections.NotFound, OrderRejections.AlreadyPaid, OrderRejections.Cancelled, CustomerRejections.NotFound, PaymentRejections.Pending, PaymentRejections.ExpiredCard,
            PaymentRejections.CardDeclined);

    private static async Task<IResult> Create(
        Body<Request> body, Call call, Paying paying, IPaymentProvider provider, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        Check.That(request.Card is not null, "/card", "required", "A card.").OrRefuse();
        _ = await states.FindOrder(call, request.OrderId.Value, ct);   // Before the provider is told of any card.
        var (month, year) = Expiry(request.Card!.Expiry);
        var card = await Cards.Tokenize(new(request.Card.Number, month, year, request.Card.Cvv), provider, ct);
        if ((call.Today.Year, call.Today.Month).CompareTo((year, month)) > 0) throw new ProblemException(Problem.Of(PaymentRejections.ExpiredCard));

        var id = new PaymentId(call.IdOf("order_payment"));
        var command = new PayOrder(
            request.OrderId, id, PaymentMethodId: null, new(card.Token, card.Brand, card.Last4), provider.Name, request.Capture is Capture.Manual, call.Today);
        return await paying.Run(call, Awaited.Charge(id, 201), command, ct);
    }

    private static (int Month, int Year) Expiry(string text) => MonthAndYear().Match(text) is { Success: true } match
        ? (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), 2000 + int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
        : throw Cards.Refusal("invalid_expiry", "The expiry is written MM/YY.");

    [GeneratedRegex(@"^(0[1-9]|1[0-2])/([0-9]{2})\z")]
    private static partial Regex MonthAndYear();

    /// <param name="Capture">Absent to take the money at once.</param>
    internal sealed record Request(OrderId OrderId, PaymentCard Card, Capture Capture = Capture.Automatic);
}

public enum Capture { Automatic, Manual }

/// <summary>A card as entered. It goes to the provider and is kept nowhere.</summary>
/// <param name="Expiry">MM/YY; it is good to the end of that month.</param>
public sealed record PaymentCard(string Number, string Expiry, string Cvv)
{
    /// <summary>Says nothing, so that no log line can show the number.</summary>
    public override string ToString() => "(card)";
}
