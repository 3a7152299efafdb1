using Ledger.Domain.PaymentIntents;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Tenancy;
using Ledger.Gateways.Payments;
using Ledger.Workers.Tenancy;

namespace Ledger.Api.InboundWebhooks;

/// <summary>Where payment providers tell what has happened. Each event is taken once; what is of no concern here is received all the same.</summary>
internal static class PaymentWebhookEndpoint
{
    private const string Claim = "payment_intent";

    public static void MapPaymentWebhooks(this IEndpointRouteBuilder api) => api
        .MapPost("/inbound-webhooks/payments/{provider}", Receive).WithTags("Inbound webhooks")
        .Is("receivePaymentWebhook", "What a payment provider tells: signed by the secret that the tenant has with it.", Who.Public)
        .WithMetadata(new Unlimited()).Accepts<object>("application/json").Produces<ReceivedResponse>();

    private static async Task<IResult> Receive(
        string provider, HttpContext http, HostTenants hosts, Tenants tenants, WebhookSecrets secrets, Claims claims, CommandHandler commands,
        IClock clock, CancellationToken ct)
    {
        var body = await BodyBytes.Read(http);
        var tenant = Filter.Text(http, "tenant") is { } named ? await tenants.Find(named, ct) : await hosts.Of(http);
        var secret = tenant is null ? null : await secrets.Of(tenant.Id, provider, ct);
        var header = http.Request.Headers[WebhookSignature.Header].ToString();
        if (secret is null || !WebhookSignature.IsValid(header, secret, clock.GetCurrentInstant().ToUnixTimeSeconds(), body))
            throw new ProblemException(Problem.InvalidSignature);

        var told = StripeEvent.Parse(body);
        var now = await tenants.Now(tenant!, ct);
        if (await Effect(told, tenant!, tenant!.DateOf(now), claims, ct) is { } effect)
        {
            // A thing that is not ours is none of our concern: the provider need not tell again.
            var name = provider is "mock" ? "sandbox" : provider;
            var command = new TakeProviderEvent(ProviderEventId.Of(tenant.Id, name, told.Id), name, told.Id, told.Type, effect, tenant.DateOf(now));
            _ = await commands.Handle(command, new(tenant.Id.ToString(), "provider", name, now)
            {
                RequestId = http.TraceIdentifier, CorrelationId = http.TraceIdentifier,
            }, ct);
        }

        return TypedResults.Json(new ReceivedResponse(true), LedgerJson.Options);
    }

    /// <summary>What follows from it; null when nothing does.</summary>
    private static async Task<IJointCommand?> Effect(StripeEvent told, Tenant.Known tenant, LocalDate today, Claims claims, CancellationToken ct)
    {
        if (told.Type is "payment_intent.succeeded" or "payment_intent.payment_failed")
        {
            if (told.Text("id") is not { } reference || await Intent(reference, tenant, claims, ct) is not { } intent) return null;
            var outcome = told.Type is "payment_intent.succeeded"
                ? new IntentOutcome(reference, told.Text("latest_charge"), told.Amount("amount_received") ?? told.Amount("amount"))
                : new IntentOutcome(reference, FailureCode: told.Text("last_payment_error", "code") ?? "card_declined");
            return new RecordIntentOutcome(intent, tenant.Id, outcome, today);
        }

        if (await Payment(told, tenant, claims, ct) is not { } payment) return null;
        return told.Type switch
        {
            "charge.refunded" when told.Amount("amount_refunded") is { } back => new RecordProviderRefund(payment, back, told.Text("id") ?? told.Id, today),
            "charge.dispute.created" or "charge.dispute.funds_withdrawn" when told.Text("id") is { } dispute && told.Amount("amount") is { } amount
                && told.Text("status")?.StartsWith("warning_", StringComparison.Ordinal) is not true =>
                new RecordDispute(payment, dispute, amount, told.Text("reason") ?? "general", today),
            "charge.dispute.closed" when told.Text("id") is { } dispute && told.Text("status") is "won" or "lost" =>
                new CloseDispute(payment, dispute, told.Text("status") is "won", today),
            _ => null,
        };
    }

    /// <summary>By what we have told the provider of it, or by its intent.</summary>
    private static async Task<PaymentId?> Payment(StripeEvent told, Tenant.Known tenant, Claims claims, CancellationToken ct)
    {
        if (Guid.TryParse(told.Text("metadata", "payment_id"), out var id)) return new(id);
        return told.Text("payment_intent") is { } reference && await Intent(reference, tenant, claims, ct) is { } intent ? intent.PaymentOf(reference) : null;
    }

    private static async Task<PaymentIntentId?> Intent(string reference, Tenant.Known tenant, Claims claims, CancellationToken ct) =>
        await claims.OwnerOf(tenant.Id.ToString(), Claim, reference, ct) is { } stream ? new PaymentIntentId(stream) : null;
}

public sealed record ReceivedResponse(bool Received);
