using Ledger.Application.Webhooks;
using Ledger.Domain.Webhooks;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Outgoing;
using Ledger.Gateways.Webhooks;
using Ledger.Projections;
using Ledger.Projections.Webhooks;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Webhooks;

internal static class WebhookEndpoints
{
    private static readonly Duration OverlapMax = Duration.FromDays(7);

    public static void MapWebhookEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/webhook-endpoints").WithTags("Webhooks");
        _ = endpoints.MapPost("/", Create).Is("createWebhookEndpoint", "Have what happens from now on sent to a URL. The first answer alone has a secret that was made.", Who.Admin)
            .Takes<WebhookEndpointRequest>().Produces<WebhookEndpointResponse>(201).Keyed().Rejects(WebhookRejections.UrlNotAllowed, WebhookRejections.TooMany);
        _ = endpoints.MapGet("/", List).Is("listWebhookEndpoints", "List the tenant's endpoints, newest first. Secrets are not shown.", Who.Admin).Lists<WebhookEndpointResponse>();
        _ = endpoints.MapGet("/{webhook_endpoint_id:guid}", Get).Is("getWebhookEndpoint", "Read an endpoint.", Who.Admin)
            .Produces<WebhookEndpointResponse>().Rejects(WebhookRejections.NotFound);
        _ = endpoints.MapPatch("/{webhook_endpoint_id:guid}", Change).Is("updateWebhookEndpoint", "Change where and what is sent; what is absent stays. What waits goes to the new place.", Who.Admin)
            .Takes<WebhookEndpointRequest>().Produces<WebhookEndpointResponse>().Rejects(WebhookRejections.NotFound, WebhookRejections.UrlNotAllowed);
        _ = endpoints.MapDelete("/{webhook_endpoint_id:guid}", Delete).Is("deleteWebhookEndpoint", "Send nothing there any more, not even what waits.", Who.Admin)
            .Produces(204).Rejects(WebhookRejections.NotFound);
        _ = endpoints.MapPost("/{webhook_endpoint_id:guid}/rotate-secret", Rotate).Is("rotateWebhookSecret", "Sign by another secret, and by the one before as well for as long as you say, at most 7 days.", Who.Admin)
            .Keyed().Takes<RotateRequest>().Produces<WebhookEndpointResponse>().Rejects(WebhookRejections.NotFound);
        _ = endpoints.MapPost("/{webhook_endpoint_id:guid}/pause", Pause).Is("pauseWebhookEndpoint", "Keep what happens until the endpoint is resumed.", Who.Admin)
            .Produces<WebhookEndpointResponse>().Rejects(WebhookRejections.NotFound, WebhookRejections.Disabled);
        _ = endpoints.MapPost("/{webhook_endpoint_id:guid}/resume", Resume).Is("resumeWebhookEndpoint", "Send again, after a pause or after the endpoint was given up.", Who.Admin)
            .Produces<WebhookEndpointResponse>().Rejects(WebhookRejections.NotFound);
        endpoints.MapWebhookDeliveries();
        endpoints.MapWebhookRedeliveries();
    }

    private static async Task<IResult> Create(
        Body<WebhookEndpointRequest> body, Call call, PersonalKeys keys, OutgoingOptions outgoing, WebhookLog log, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(outgoing, isNew: true);
        if (await call.Before(ct) is { } before) return before;
        if (await log.CountEndpoints(call.Tenant, ct) >= WebhookRejections.EndpointsMax) throw new ProblemException(Problem.Of(WebhookRejections.TooMany));
        var secret = request.Secret ?? StandardWebhook.NewSecret();
        var command = new RegisterWebhookEndpoint(new(Guid.CreateVersion7()), request.Url!, request.Settings(), (await keys.TenantKey(call.Tenant, ct)).Seal(new WebhookSecret(secret)));
        var result = await call.Run(command, outcome => Answer.Created($"/api/v1/webhook-endpoints/{command.Id.Value}", WebhookEndpointResponse.From(outcome.State), outcome.Version), ct);
        return request.Secret is null ? Showing(result, secret) : result;
    }

    private static async Task<IResult> List(Call call, Page page, Listing listing, CancellationToken ct) => TypedResults.Json(page.Answer(
        await listing.Read<WebhookEndpointRow>(call.Tenant, "webhook_endpoints", page.Wanted, [], row => row.CreatedPosition, ct), WebhookEndpointResponse.From), LedgerJson.Options);

    private static async Task<IResult> Get([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<WebhookEndpoint, WebhookEndpointEvent>(call.Tenant, new WebhookEndpointId(webhookEndpointId).Stream, ct) is (WebhookEndpoint.Known { IsRemoved: false } known, var version)
            ? new AnswerResult(Answer.Ok(WebhookEndpointResponse.From(known), version))
            : throw new ProblemException(Problem.Of(WebhookRejections.NotFound));

    private static Task<IResult> Change([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Body<WebhookEndpointRequest> body, Call call, OutgoingOptions outgoing, CancellationToken ct)
    {
        body.Value.OrRefuse(outgoing, isNew: false);
        return Run(body.Value.ToChange(new(webhookEndpointId)), call, ct);
    }

    private static Task<IResult> Delete([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Call call, CancellationToken ct) =>
        call.Run(new RemoveWebhookEndpoint(new(webhookEndpointId)), _ => Answer.NoContent, ct);

    private static async Task<IResult> Rotate([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Body<RotateRequest> body, Call call, PersonalKeys keys, CancellationToken ct)
    {
        var seconds = body.Value.OverlapSeconds;
        Check.That(seconds >= 0 && seconds <= OverlapMax.TotalSeconds, "/overlap_seconds", "out_of_range", $"From 0 to {OverlapMax.TotalSeconds}.").OrRefuse();
        var secret = StandardWebhook.NewSecret();
        var command = new RotateWebhookSecret(
            new(webhookEndpointId), (await keys.TenantKey(call.Tenant, ct)).Seal(new WebhookSecret(secret)), (call.Now + Duration.FromSeconds(seconds)).ToMicroseconds());
        return Showing(await Run(command, call, ct), secret);
    }

    private static Task<IResult> Pause([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Call call, CancellationToken ct) =>
        Run(new PauseWebhookEndpoint(new(webhookEndpointId)), call, ct);

    private static Task<IResult> Resume([FromRoute(Name = "webhook_endpoint_id")] Guid webhookEndpointId, Call call, CancellationToken ct) =>
        Run(new ResumeWebhookEndpoint(new(webhookEndpointId)), call, ct);

    private static Task<IResult> Run(WebhookEndpointCommand command, Call call, CancellationToken ct) =>
        call.Run(command, outcome => Answer.Ok(WebhookEndpointResponse.From(outcome.State), outcome.Version), ct);

    /// <summary>The secret goes out beside the answer: what is kept for repeats does not have it.</summary>
    private static IResult Showing(IResult result, string secret) =>
        result is AnswerResult answer ? answer.Showing<WebhookEndpointResponse>(shown => shown with { Secret = secret }) : result;

    /// <param name="OverlapSeconds">How long the secret before signs as well; a day if absent.</param>
    internal sealed record RotateRequest(int OverlapSeconds = 86_400);
}
