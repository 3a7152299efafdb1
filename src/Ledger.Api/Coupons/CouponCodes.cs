using Ledger.Domain.Coupons;

namespace Ledger.Api.Coupons;

/// <summary>Finds coupons by their codes.</summary>
internal sealed class CouponCodes(Claims claims, StateReader states)
{
    /// <exception cref="ProblemException">The tenant has no coupon with this code.</exception>
    public async Task<CouponId> Find(string tenant, string code, CancellationToken ct) =>
        await claims.OwnerOf(tenant, CreateCoupon.ClaimKind, CreateCoupon.Compared(code), ct) is { } stream
            ? new(stream)
            : throw new ProblemException(Problem.Of(CouponRejections.NotFound));

    public async Task<Coupon.Known> Read(string tenant, string code, CancellationToken ct) =>
        await states.Of<Coupon, CouponEvent>(tenant, (await Find(tenant, code, ct)).Stream, ct) is Coupon.Known { IsDeleted: false } known
            ? known
            : throw new ProblemException(Problem.Of(CouponRejections.NotFound));
}
