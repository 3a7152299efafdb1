using System.Globalization;
using Ledger.Api.InboundWebhooks;
using Ledger.Application.Tenancy;
using Ledger.Gateways.Payments;
using Ledger.Gateways.Sandbox;

namespace Ledger.Api.Testing;

/// <summary>Where a browser pays an intent with a test card. It stands for the script of a provider: afterwards the provider posts its webhook.</summary>
internal static class SandboxIntentPage
{
    public static void MapSandboxIntentPage(this IEndpointRouteBuilder app) =>
        _ = app.MapPost("/sandbox/intents/pay", Pay).ExcludeFromDescription().WithMetadata(new AccessRule(Who.Public)).DisableAntiforgery();

    private static async Task<IResult> Pay(HttpContext http, SandboxProvider sandbox, SandboxWebhooks webhooks, Tenants tenants, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > 10_000) throw new ProblemException(Problem.UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(ct);
        var secret = form["client_secret"].ToString();
        if (await sandbox.FindIntentBySecret(secret, ct) is not { } asked || await tenants.Find(asked.Tenant, ct) is not { } tenant) throw new ProblemException(Problem.NotFound);
        var year = Number(form["exp_year"]);
        var card = new CardDetails(
            form["number"].ToString().Replace(" ", "", StringComparison.Ordinal), Number(form["exp_month"]), year < 100 ? 2000 + year : year);
        var paid = await Try(sandbox, secret, card, tenant.DateOf(await tenants.Now(tenant, ct)), ct);
        var status = paid.IsPaid ? "succeeded" : "requires_payment_method";
        var subject = new
        {
            id = paid.Reference, @object = "payment_intent", amount = paid.Amount, amount_received = paid.IsPaid ? paid.Amount : 0,
            currency = paid.Currency.ToLowerInvariant(), status, latest_charge = paid.ChargeReference,
            last_payment_error = paid.FailureCode is { } code ? new { type = "card_error", code } : null,
        };
        var name = paid.IsPaid ? $"sbx_evt_{paid.ChargeReference}" : $"sbx_evt_{Guid.NewGuid():N}";
        _ = await webhooks.Post(tenant.Id, name, paid.IsPaid ? "payment_intent.succeeded" : "payment_intent.payment_failed", subject, ct);
        return TypedResults.Json(new { id = paid.Reference, status, failure_code = paid.FailureCode }, LedgerJson.Options);
    }

    private static async Task<ProviderIntent> Try(SandboxProvider sandbox, string secret, CardDetails card, LocalDate day, CancellationToken ct)
    {
        try { return await sandbox.PayIntent(secret, card, day.ToDateOnly(), ct) ?? throw new ProblemException(Problem.NotFound); }
        catch (CardRefusedException refused) { throw PaymentMethods.Cards.Refusal(refused.Code, refused.Message); }
    }

    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
