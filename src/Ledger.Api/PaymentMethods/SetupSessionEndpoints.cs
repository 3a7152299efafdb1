using Ledger.Api.Audit;
using Ledger.Api.Edge;
using Ledger.Application.Tenancy;
using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Gateways.Sandbox;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.PaymentMethods;

internal static class SetupSessionEndpoints
{
    private const string LinkKind = "setup session";
    private const int PerMinute = 10;

    public static void MapSetupSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/setup-sessions").WithTags("Payment methods");
        _ = sessions.MapPost("/", Create).Is("createSetupSession", "Send a customer to the provider's page to enter a card. Nothing is charged.", Who.CustomerOwn)
            .AtMost(PerMinute).Takes<Request>().Produces<SetupSessionResponse>(201).Keyed().Rejects(CustomerRejections.NotFound);
        _ = sessions.MapGet("/{setup_session_id:guid}", Get).Is("getSetupSession", "What became of a setup session.", Who.CustomerOwn)
            .Produces<SetupSessionResponse>().Rejects(SetupSessionRejections.NotFound).WritesWhenRead();
        _ = sessions.MapGet("/{setup_session_id:guid}/callback", Return)
            .Is("completeSetupSession", "Where the provider sends the customer back to: a signed link. What it says is asked of the provider.", Who.Public)
            .Produces(302).Rejects(SetupSessionRejections.NotFound);
    }

    private static async Task<IResult> Create(
        Body<Request> body, Call call, PublicUrl root, SignedLinks links, SandboxProvider sandbox, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        Check.That(request.ReturnUrl is { IsAbsoluteUri: true, Scheme: "https" or "http" } && request.ReturnUrl.OriginalString.Length <= 2000,
            "/return_url", "not_a_url", "An absolute http or https address.")
            .And(request.Provider is null or "sandbox" or "mock", "/provider", "unknown_provider", $"Known is '{sandbox.Name}'.").OrRefuse();
        var customer = call.Whose(request.CustomerId);
        if (await call.Before(ct) is { } again) return again;
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, customer.Stream, ct) is not Customer.Known)
            throw new ProblemException(Problem.Of(CustomerRejections.NotFound));   // Before the provider is told of anybody.

        var id = new SetupSessionId(Guid.CreateVersion7());
        var signature = await links.Sign(call.Tenant, LinkKind, id.Value, ct);
        var back = new Uri(root.To($"/api/v1/setup-sessions/{id.Value}/callback?tenant={call.Tenant}&signature={signature}"));
        var reference = await sandbox.CreateSetup(call.Tenant, back, ct);
        var command = new BeginSetup(id, customer, sandbox.Name, reference, request.ReturnUrl);
        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<SetupSession>(id.Stream);
            return Answer.Created($"/api/v1/setup-sessions/{id.Value}", SetupSessionResponse.Of((SetupSession.Known)state, root), version);
        }, ct);
    }

    private static async Task<IResult> Get(
        [FromRoute(Name = "setup_session_id")] Guid setupSessionId, Call call, PublicUrl root, SetupSessions sessions, CancellationToken ct)
    {
        var (session, version) = await sessions.Refresh(new(setupSessionId), call.Context, ct);
        return new AnswerResult(Answer.Ok(SetupSessionResponse.Of(session, root), version));
    }

    private static async Task<IResult> Return(
        [FromRoute(Name = "setup_session_id")] Guid setupSessionId, string tenant, string signature, SetupSessions sessions, SignedLinks links, HttpContext http,
        Tenants tenants, CancellationToken ct)
    {
        await links.Check(tenant, LinkKind, setupSessionId, signature, ct);
        var now = await tenants.Now((await tenants.Find(tenant, ct))!, ct);
        var (session, _) = await sessions.Refresh(
            new(setupSessionId), new(tenant, "provider", "sandbox", now) { RequestId = http.TraceIdentifier, CorrelationId = http.TraceIdentifier }, ct);
        return TypedResults.Redirect(session.ReturnUrl.ToString());
    }

    /// <param name="CustomerId">May be absent where a customer asks.</param>
    internal sealed record Request(Uri ReturnUrl, CustomerId? CustomerId = null, string? Provider = null);
}

/// <param name="RedirectUrl">The provider's page, while the session is pending.</param>
public sealed record SetupSessionResponse(
    SetupSessionId Id, CustomerId CustomerId, SetupSessionStatus Status, string? RedirectUrl, PaymentMethodId? PaymentMethodId, string? FailureCode)
{
    internal static SetupSessionResponse Of(SetupSession.Known session, PublicUrl root) => new(
        session.Id, session.CustomerId, session.Status,
        session.Status is SetupSessionStatus.Pending ? root.To($"/sandbox/setups/{session.ProviderReference}") : null,
        session.PaymentMethodId, session.FailureCode);
}
