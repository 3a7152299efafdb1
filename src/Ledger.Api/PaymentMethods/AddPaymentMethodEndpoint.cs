using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Gateways.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.PaymentMethods;

internal static class AddPaymentMethodEndpoint
{
    public static void MapAddPaymentMethod(this IEndpointRouteBuilder customers) => customers
        .MapPost("/{customer_id:guid}/payment-methods", Add)
        .Is("addPaymentMethod", "Keep a payment method, by the provider's token; a test card's number is taken by the sandbox alone.", Who.CustomerOwn)
        .Takes<Request>().Produces<PaymentMethodResponse>(201).Keyed()
        .Rejects(CustomerRejections.NotFound, PaymentMethodRejections.TooMany, UnknownToken);

    private static readonly Rejection UnknownToken = new(
        "unknown_token", RejectionKind.Unprocessable, "The provider does not know this token.");

    private static async Task<IResult> Add(
        [FromRoute(Name = "customer_id")] Guid customerId, Body<Request> body, Call call, IPaymentProvider provider, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Provider, "/provider", 40).Text(request.Token, "/token", 200)
            .And(request.Provider is null || request.Provider == provider.Name || request.Provider == "mock", "/provider", "unknown_provider", $"Known is '{provider.Name}'.")
            .And(request.Token is null != request.Card is null, "/token", "token_or_card", "Either a token or a card.").OrRefuse();
        if (await call.Before(ct) is { } again) return again;   // Before the provider is told of any card.
        var card = request.Card is { } given ? await Cards.Tokenize(new(given.Number, given.ExpMonth, given.ExpYear, given.Cvc), provider, ct) : await Describe(request.Token!, provider, ct);
        var id = new PaymentMethodId(Guid.CreateVersion7());
        var command = new AddPaymentMethod(
            id, new(customerId), provider.Name, card.Token, card.Brand, card.Last4, card.ExpMonth, card.ExpYear, card.Fingerprint);
        return await call.Run(command, outcome =>
        {
            var (wallet, version) = outcome.Of<Wallet>(WalletStream.Of(new(customerId)));
            return Answer.Created($"/api/v1/payment-methods/{id.Value}", PaymentMethodResponse.From(wallet.Find(id)!, wallet, call.Today), version);
        }, ct);
    }

    private static async Task<TokenizedCard> Describe(string token, IPaymentProvider provider, CancellationToken ct) =>
        await provider.Describe(token, ct) is { } known
            ? new(token, known.Brand, known.Last4, "", known.ExpMonth, known.ExpYear)
            : throw new ProblemException(Problem.Of(UnknownToken));

    internal sealed record Request(string? Provider = null, string? Token = null, CardRequest? Card = null);
}

/// <summary>A card as entered. It goes to the provider and is kept nowhere.</summary>
public sealed record CardRequest(string Number, int ExpMonth, int ExpYear, string? Cvc = null)
{
    /// <summary>Says nothing, so that no log line can show the number.</summary>
    public override string ToString() => "(card)";
}
