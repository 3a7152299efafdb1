using Ledger.Application.Tenancy;
using Ledger.Domain.PaymentIntents;
using Ledger.Gateways.Payments;

namespace Ledger.Api.InboundWebhooks;

/// <summary>Where payment providers tell what has happened. Each event is taken once; what is of no concern here is received all the same.</summary>
internal static class PaymentWebhookEndpoint
{
    public static void MapPaymentWebhooks(this IEndpointRouteBuilder api) => api
        .MapPost("/inbound-webhooks/payments/{provider}", Receive).WithTags("Inbound webhooks")
        .Is("receivePaymentWebhook", "What a payment provider tells: signed by the secret that the tenant has with it.", Who.Public)
        .WithMetadata(new Unlimited()).Accepts<object>("application/json").Produces<ReceivedResponse>().Rejects(ProviderEventRejections.Full);

    private static async Task<IResult> Receive(
        string provider, HttpContext http, HostTenants hosts, Tenants tenants, WebhookSecrets secrets, ProviderEventIntake intake, IClock clock,
        CancellationToken ct)
    {
        var body = await BodyBytes.Read(http);
        var tenant = Filter.Text(http, "tenant") is { } named ? await tenants.Find(named, ct) : await hosts.Of(http);
        var secret = tenant is null ? null : await secrets.Of(tenant.Id, provider, ct);
        var header = http.Request.Headers[WebhookSignature.Header].ToString();
        if (secret is null || !WebhookSignature.IsValid(header, secret, clock.GetCurrentInstant().ToUnixTimeSeconds(), body))
            throw new ProblemException(Problem.InvalidSignature);

        var name = provider is "mock" ? "sandbox" : provider;
        var context = new CommandContext(tenant!.Id.ToString(), "provider", name, await tenants.Now(tenant, ct))
        {
            RequestId = http.TraceIdentifier, CorrelationId = http.TraceIdentifier,
        };

        // Told again later, it may be taken.
        if (await intake.Take(StripeEvent.Parse(body), tenant, name, context, ct) is { } refusal && refusal.Code == ProviderEventRejections.Full.Code)
            throw new ProblemException(Problem.Of(refusal)) { RetryAfter = 3600 };
        return TypedResults.Json(new ReceivedResponse(true), LedgerJson.Options);
    }
}

public sealed record ReceivedResponse(bool Received);
