using Ledger.Api.Webhooks;
using Ledger.Application.People;
using Ledger.Application.Tenancy;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Merchants;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Webhooks;
using Ledger.Gateways.Outgoing;
using Ledger.Gateways.Webhooks;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;

namespace Ledger.Api.Identity;

internal static class MerchantRegistrationEndpoint
{
    public static void MapMerchantRegistrations(this IEndpointRouteBuilder api) => api.MapPost("/auth/merchant-registrations", Register).WithTags("Identity")
        .Is("registerMerchant", "Open a tenant of your own, at the platform's host name. The first answer alone has the API key and the access token. A code is sent to the address: it is yours when confirmAddress has had it, and held for an hour until then.", Who.Public)
        .WithMetadata(new ForVisitors()).AtMost(5).Keyed().Takes<Request>().Produces<Response>(201).Rejects(CustomerRejections.EmailTaken, TenantRejections.NotFound, WebhookRejections.UrlNotAllowed);

    private static async Task<IResult> Register(
        Body<Request> body, Call call, HttpContext http, MerchantRegistration registration, CommandHandler commands, Sessions sessions, AccessTokens tokens,
        AddressChange addresses, Tenants tenants, OutgoingOptions outgoing, IClock clock, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse();
        WebhookEndpointRequest.OrRefuse(request.WebhookUrl, outgoing);
        var webhookSecret = StandardWebhook.NewSecret();
        if (call.Caller.Tenant.Id != TenantId.Platform) throw new ProblemException(Problem.Of(TenantRejections.NotFound));
        if (await call.Before(ct) is { } before) return before;
        return await call.Replay(async () =>
        {
            Answer Full(Outcome<Merchant> outcome) => outcome.Events.Count == 0 ? call.Refusal(CustomerRejections.EmailTaken) : Created((Merchant.Known)outcome.State, request);
            var outcome = await registration.Register(
                call.Context, request.Email, request.Name, request.Password, request.WebhookUrl, webhookSecret, request.Mode, request.Currency ?? Currency.Parse("USD"),
                request.TimeZone ?? DateTimeZone.Utc, outcome => Full(outcome).ToStored(), ct);
            var result = new AnswerResult(Full(outcome), outcome.Position);
            return outcome.Events.Count == 0 ? result : await LetIn((Merchant.Known)outcome.State, result);
        }, ct);

        async Task<IResult> LetIn(Merchant.Known merchant, AnswerResult result)
        {
            var (tenant, subject) = (merchant.Tenant.ToString(), new Subject(SubjectKind.User, merchant.User.Value));
            var key = ApiKeyText.New(request.Mode);
            var issue = new IssueApiKey(new(Guid.CreateVersion7()), merchant.Tenant, request.Name, key.Prefix, key.Hash, ApiKeyRole.Admin, IssuedBy: merchant.User);
            _ = await commands.Handle(issue, new(tenant, "user", merchant.User.Value.ToString(), call.Now) { RequestId = http.TraceIdentifier, CorrelationId = http.TraceIdentifier }, ct);
            if (await tenants.Find(tenant, ct) is { } own) await addresses.Ask(own, subject, AddressChannel.Email, request.Email, isWelcome: false, ct);
            var session = await sessions.Start(tenant, subject, clock.GetCurrentInstant(), ct);
            var token = await tokens.Issue(tenant, subject, session.Id, clock.GetCurrentInstant(), ct);
            RefreshCookie.Set(http, session.RefreshToken);
            http.Response.Headers.CacheControl = "no-store";
            return result.Showing<Response>(answer => answer with { ApiKey = key.Text, AccessToken = token, WebhookSecret = request.WebhookUrl is null ? null : webhookSecret });
        }
    }

    private static Answer Created(Merchant.Known merchant, Request request) => new(
        201, new Response(merchant.Tenant, merchant.User.Value, SessionRole.Merchant, request.Name, merchant.WebhookUrl), Location: $"/api/v1/tenants/{merchant.Tenant}");

    internal sealed record Request(
        string Email, string Name, string Password, Uri? WebhookUrl = null, TenantMode Mode = TenantMode.Live, Currency? Currency = null, DateTimeZone? TimeZone = null)
    {
        public void OrRefuse() => new Check().Email(Email, "/email").Text(Name, "/name", 100)
            .Password(Password, "/password")
            .And(WebhookUrl is null or { IsAbsoluteUri: true, Scheme: "https", OriginalString.Length: <= 2000 }, "/webhook_url", "not_a_url", "An absolute https address.").OrRefuse();
    }

    /// <param name="ApiKey">Null in the answer to a repeat: it is shown once, and not kept.</param>
    /// <param name="AccessToken">Null in the answer to a repeat: log in instead.</param>
    /// <param name="WebhookSecret">Signs what is sent to <paramref name="WebhookUrl"/>. Null in the answer to a repeat, and where there is no URL.</param>
    internal sealed record Response(
        TenantId TenantId, Guid UserId, SessionRole Role, string Name, Uri? WebhookUrl, string? ApiKey = null, string? AccessToken = null, string? WebhookSecret = null);
}
