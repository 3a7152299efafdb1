using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Classes;

internal static class IntakeProfileEndpoints
{
    public static void MapIntakeProfiles(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Classes");
        _ = customers.MapGet("/{customer_id:guid}/intake-profile", Get)
            .Is("getIntakeProfile", "When a customer answered the health questionnaire, and until when that counts.", Who.CustomerOwn)
            .Reads<IntakeProfileResponse>().Rejects(IntakeProfileRejections.NotFound);
        _ = customers.MapPut("/{customer_id:guid}/intake-profile", Complete)
            .Is("completeIntakeProfile", "Note that the customer has answered the health questionnaire today. The answers are not sent.", Who.CustomerOwn)
            .Takes<Request>().Produces<IntakeProfileResponse>().Rejects(CustomerRejections.NotFound);
    }

    private static async Task<IResult> Get([FromRoute(Name = "customer_id")] Guid customerId, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<IntakeProfile, IntakeProfileEvent>(call.Tenant, IntakeProfileId.Of(new(customerId)).Stream, ct) is (IntakeProfile.Known known, var version)
            ? new AnswerResult(Answer.Ok(IntakeProfileResponse.From(known, call.Now), version))
            : throw new ProblemException(Problem.Of(IntakeProfileRejections.NotFound));

    private static async Task<IResult> Complete([FromRoute(Name = "customer_id")] Guid customerId, Body<Request> _, Call call, CancellationToken ct) =>
        await call.Run(new CompleteIntakeProfile(new(customerId), call.Today), outcome =>
        {
            var (state, version) = outcome.Of<IntakeProfile>(IntakeProfileId.Of(new(customerId)).Stream);
            return Answer.Ok(IntakeProfileResponse.From((IntakeProfile.Known)state, call.Now), version);
        }, ct);

    internal sealed record Request;
}

/// <summary>An intake profile on the wire: dates, and no answers.</summary>
/// <param name="CompletedDate">In the tenant's zone.</param>
/// <param name="ExpiresAt">From then on no class can be booked until it is completed again.</param>
public sealed record IntakeProfileResponse(CustomerId CustomerId, LocalDate CompletedDate, Instant ExpiresAt, bool IsExpired, bool IsValidForBooking)
{
    public static IntakeProfileResponse From(IntakeProfile.Known known, Instant now) => new(
        known.CustomerId, known.CompletedOn, known.ExpiresAt, !known.IsValidAt(now), known.IsValidAt(now));
}
