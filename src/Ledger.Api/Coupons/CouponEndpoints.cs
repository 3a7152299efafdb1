using Ledger.Domain.Coupons;
using Ledger.Projections;
using Ledger.Projections.Coupons;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Coupons;

internal static class CouponEndpoints
{
    public static void MapCoupons(this IEndpointRouteBuilder api)
    {
        var coupons = api.MapGroup("/coupons").WithTags("Coupons");
        _ = coupons.MapPost("/", Create).Is("createCoupon", "Offer a coupon.", Who.Admin)
            .Takes<CouponRequest>().Produces<CouponResponse>(201).Keyed().Rejects(CouponRejections.CodeTaken);
        _ = coupons.MapGet("/", List).Is("listCoupons", "List coupons, newest first; by code.", Who.Staff).Lists<CouponResponse>();
        _ = coupons.MapGet("/{coupon_id:guid}", Get).Is("getCoupon", "Read a coupon, as it is now, or as it was at an instant.", Who.Staff).Reads<CouponResponse>().ReadsEarlier().Rejects(CouponRejections.NotFound);
        _ = coupons.MapPatch("/{coupon_id:guid}", Change).Is("updateCoupon", "Change what a coupon takes off, and when; what is absent stays. Where it was applied before, it stays as it was.", Who.Admin)
            .Takes<CouponRequest>().Produces<CouponResponse>().Rejects(CouponRejections.NotFound);
        _ = coupons.MapDelete("/{coupon_id:guid}", Delete).Is("deleteCoupon", "Offer a coupon no more. Where it was applied, it works until it is used up.", Who.Admin)
            .Produces(204).Rejects(CouponRejections.NotFound);
        api.MapCouponValidations();
    }

    private static async Task<IResult> Create(Body<CouponRequest> body, Call call, CancellationToken ct)
    {
        body.Value.OrRefuse(isNew: true);
        var command = new CreateCoupon(new(Guid.CreateVersion7()), body.Value.Code!, body.Value.ToTerms(), body.Value.Description);
        return await call.Run(command, outcome => Answer.Created($"/api/v1/coupons/{command.Id.Value}", Response(outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<CouponRow>(
            call.Tenant, "coupons", page.Wanted, [("upper(code) = upper({0})", Filter.Text(http, "code"))], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, row => CouponResponse.From(new(row.Id), row.Code, Json.To<CouponTerms>(row.Terms)!, row.Description)), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "coupon_id")] Guid couponId, Call call, HttpContext http, AsOf asOf) =>
        await http.Read<Coupon, CouponEvent>(call, new CouponId(couponId).Stream, asOf) is (Coupon.Known { IsDeleted: false } known, var version)
            ? new AnswerResult(Answer.Ok(Response(known), version))
            : throw new ProblemException(Problem.Of(CouponRejections.NotFound));

    private static Task<IResult> Change(
        [FromRoute(Name = "coupon_id")] Guid couponId, Body<CouponRequest> body, Call call, StateReader states, CancellationToken ct) =>
        states.Merge<Coupon.Known, Coupon, CouponEvent>(call, new CouponId(couponId).Stream, CouponRejections.NotFound, (known, on) =>
        {
            var whole = body.Value.Over(Response(known));
            whole.OrRefuse(isNew: false);
            return call.Run(new ChangeCoupon(known.Id, whole.ToTerms(), whole.Description), outcome => Answer.Ok(Response(outcome.State), outcome.Version), ct, on);
        }, ct);

    private static Task<IResult> Delete([FromRoute(Name = "coupon_id")] Guid couponId, Call call, CancellationToken ct) =>
        call.Run(new DeleteCoupon(new(couponId)), _ => Answer.NoContent, ct);

    private static CouponResponse Response(Coupon state)
    {
        var known = (Coupon.Known)state;
        return CouponResponse.From(known.Id, known.Code, known.Terms, known.Description);
    }
}
