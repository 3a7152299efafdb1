using Ledger.Domain.Amounts;
using Ledger.Domain.Classes;
using Ledger.Gateways.Entered;
using Ledger.Projections;
using Ledger.Projections.Classes;

namespace Ledger.Api.Classes;

internal static class ClassSessionEndpoints
{
    private const int CapacityMax = 1000, MinutesMax = 1440;

    public static void MapClassSessions(this IEndpointRouteBuilder api)
    {
        var sessions = api.MapGroup("/class-sessions").WithTags("Classes");
        _ = sessions.MapPost("/", Create).Is("createClassSession", "Hold a class at its time, for so many.", Who.Staff)
            .Takes<Request>().Produces<ClassSessionResponse>(201).Keyed();
        _ = sessions.MapGet("/", List)
            .Is("listClassSessions", "List classes and the places left in them, newest first; by the days from_date to to_date on which they begin.", Who.CustomerOwn)
            .Lists<ClassSessionResponse>();
    }

    private static async Task<IResult> Create(Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Name, "/name", 200).Text(request.Description, "/description", 2000).Price(request.Price, "/price")
            .And(EnteredDate.IsPossible(request.StartsAt.InUtc().Date), "/starts_at", "out_of_range", $"A date {EnteredDate.Range}.")
            .And(request.Capacity is >= 1 and <= CapacityMax, "/capacity", "out_of_range", $"From 1 to {CapacityMax}.")
            .And(request.DurationMinutes is null or >= 1 and <= MinutesMax, "/duration_minutes", "out_of_range", $"From 1 to {MinutesMax}.").OrRefuse();
        var id = new ClassSessionId(Guid.CreateVersion7());
        var command = new CreateClassSession(
            id, request.Name, request.StartsAt, request.Capacity, request.Price, request.DurationMinutes, request.Description);
        return await call.Run(command, outcome => Answer.Created(
            $"/api/v1/class-sessions/{id.Value}", ClassSessionResponse.From((ClassSession.Known)outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var zone = call.Caller.Tenant.Zone;
        var found = await listing.Read<ClassSessionRow>(call.Tenant, "class_sessions", page.Wanted,
            [
                ("starts_at >= {0}", StartOf(Filter.Date(http, "from_date"), zone)),
                ("starts_at < {0}", StartOf(Filter.Date(http, "to_date")?.PlusDays(1), zone)),
            ], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, ClassSessionResponse.From), LedgerJson.Options);
    }

    private static Instant? StartOf(LocalDate? day, DateTimeZone zone) => day is { } date ? BusinessTime.StartOf(date, zone) : null;

    /// <param name="Price">Of one place; absent when it is had for a class of a credit alone.</param>
    internal sealed record Request(
        string Name, Instant StartsAt, int Capacity, Money? Price = null, int? DurationMinutes = null, string? Description = null);
}

/// <summary>A class session on the wire.</summary>
/// <param name="PlacesLeft">Neither taken nor kept for somebody who has not paid yet.</param>
public sealed record ClassSessionResponse(
    ClassSessionId Id, string Name, string? Description, Instant StartsAt, int? DurationMinutes, int Capacity, int PlacesLeft, Money? Price)
{
    public static ClassSessionResponse From(ClassSession.Known known) => new(
        known.Id, known.Name, known.Description, known.StartsAt, known.DurationMinutes, known.Capacity, known.PlacesLeft, known.Price);

    public static ClassSessionResponse From(ClassSessionRow row) => new(
        new(row.Id), row.Name, row.Description, row.StartsAt, row.DurationMinutes, row.Capacity, row.PlacesLeft,
        row.Price is { } price ? new(price, Currency.Parse(row.Currency!)) : null);
}
