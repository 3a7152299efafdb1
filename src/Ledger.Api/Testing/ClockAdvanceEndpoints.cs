using Ledger.Application.Billing;
using Ledger.Domain.Billing;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Testing;

internal static class ClockAdvanceEndpoints
{
    public static void MapClockAdvances(this IEndpointRouteBuilder api)
    {
        var advances = api.MapGroup("/testing/clock-advances").WithTags("Testing");
        _ = advances.MapPost("/", Advance)
            .Is("advanceClock", "Move a sandbox tenant's clock; it stops at each due instant, and all that follows ends before it goes on.", Who.Admin)
            .Takes<Request>().Produces<ClockAdvanceResponse>().Produces<ClockAdvanceResponse>(202)
            .Rejects(ClockRejections.NotSandbox, ClockRejections.Backwards, ClockRejections.TooFar);
        _ = advances.MapGet("/{clock_advance_id:guid}", Get).Is("getClockAdvance", "Watch a clock move.", Who.Admin)
            .Produces<ClockAdvanceResponse>().Rejects(ClockRejections.NotFound);
        _ = api.MapGet("/testing/clock", Now).WithTags("Testing").Is("getClock", "Where the tenant's clock stands.", Who.Staff).Produces<ClockResponse>();
    }

    private static async Task<IResult> Advance(
        Body<Request> body, Call call, ClockAdvanceStart start, StateReader states, Waiting waiting, CancellationToken ct)
    {
        var (id, rejection) = await start.Request(call.Caller.Tenant, body.Value.To, call.Context, ct);
        if (rejection is not null) throw new ProblemException(Problem.Of(rejection));
        var done = await waiting.For(async () => await Find(id, call, states, ct) is ({ IsCompleted: true } advance, var version) ? Tuple.Create(advance, version) : null, ct);
        if (done is not null) return new AnswerResult(Answer.Ok(ClockAdvanceResponse.Of(done.Item1), done.Item2));

        var (moving, _) = await Find(id, call, states, ct);
        return new AnswerResult(Answer.Accepted($"/api/v1/testing/clock-advances/{id.Value}", ClockAdvanceResponse.Of(moving)));
    }

    private static async Task<IResult> Get([FromRoute(Name = "clock_advance_id")] Guid clockAdvanceId, Call call, StateReader states, CancellationToken ct)
    {
        var (advance, version) = await Find(new(clockAdvanceId), call, states, ct);
        return new AnswerResult(Answer.Ok(ClockAdvanceResponse.Of(advance), version));
    }

    private static Task<IResult> Now(Call call) =>
        Task.FromResult<IResult>(TypedResults.Json(new ClockResponse(call.Now, call.Today, call.Caller.Tenant.Zone), LedgerJson.Options));

    private static async Task<(ClockAdvance.Known Advance, long Version)> Find(ClockAdvanceId id, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<ClockAdvance, ClockAdvanceEvent>(call.Tenant, id.Stream, ct) is (ClockAdvance.Known advance, var version)
            ? (advance, version)
            : throw new ProblemException(Problem.Of(ClockRejections.NotFound));

    internal sealed record Request(Instant To);
}

/// <param name="Status">moving or completed.</param>
/// <param name="Now">Where the clock stands.</param>
/// <param name="Stops">How often it has stopped on the way.</param>
public sealed record ClockAdvanceResponse(ClockAdvanceId Id, string Status, Instant From, Instant To, Instant Now, int Stops)
{
    public static ClockAdvanceResponse Of(ClockAdvance.Known advance) =>
        new(advance.Id, advance.IsCompleted ? "completed" : "moving", advance.From, advance.To, advance.At, advance.Stops);
}

public sealed record ClockResponse(Instant Now, LocalDate Today, DateTimeZone TimeZone);
