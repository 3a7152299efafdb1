using Ledger.Api.Tenancy;
using Ledger.Domain.Classes;
using Ledger.Projections;
using Ledger.Projections.Classes;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Classes;

internal static class ClassPackageEndpoints
{
    public static void MapClassPackages(this IEndpointRouteBuilder api)
    {
        var packages = api.MapGroup("/class-packages").WithTags("Classes");
        _ = packages.MapPost("/", Create).Is("createClassPackage", "Sell some classes together.", Who.Admin)
            .Takes<ClassPackageRequest>().Produces<ClassPackageResponse>(201).Keyed();
        _ = packages.MapGet("/", List)
            .Is("listClassPackages", "List the packages that the tenant of the key or of the host name sells, newest first; staff see all.", Who.Public)
            .Lists<ClassPackageResponse>().Rejects(Domain.Tenancy.TenantRejections.NotFound);
        _ = packages.MapPatch("/{class_package_id:guid}", Change)
            .Is("updateClassPackage", "Change a package; what is absent stays. What was bought stays in any case.", Who.Admin)
            .Takes<ClassPackageRequest>().Produces<ClassPackageResponse>().Rejects(ClassPackageRejections.NotFound);
    }

    private static async Task<IResult> Create(Body<ClassPackageRequest> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: true);
        var id = new ClassPackageId(Guid.CreateVersion7());
        var command = new CreateClassPackage(
            id, request.Name!, request.ClassCount!.Value, request.Price!.Value, request.ValidityDays!.Value, request.Active ?? true, request.Description);
        return await call.Run(command, outcome => Answer.Created(
            $"/api/v1/class-packages/{id.Value}", ClassPackageResponse.From((ClassPackage.Known)outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> List(HttpContext http, TenantPath path, Callers callers, Page page, Listing listing, CancellationToken ct)
    {
        var tenant = await path.Public("current", http);
        var seesAll = await callers.Of(http) is { Role: CallerRole.Staff or CallerRole.Admin };
        var found = await listing.Read<ClassPackageRow>(
            tenant.Id.ToString(), "class_packages", page.Wanted, [("is_active = {0}", seesAll ? null : true)], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, ClassPackageResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Change(
        [FromRoute(Name = "class_package_id")] Guid classPackageId, Body<ClassPackageRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: false);
        return await states.Merge<ClassPackage.Known, ClassPackage, ClassPackageEvent>(
            call, new ClassPackageId(classPackageId).Stream, ClassPackageRejections.NotFound, (known, on) => call.Run(
                new ChangeClassPackage(
                    known.Id, request.Name ?? known.Name, request.ClassCount ?? known.ClassCount, request.Price ?? known.Price,
                    request.ValidityDays ?? known.ValidityDays, request.Active ?? known.IsActive, request.Description ?? known.Description),
                outcome => Answer.Ok(ClassPackageResponse.From((ClassPackage.Known)outcome.State), outcome.Version), ct, on), ct);
    }
}
