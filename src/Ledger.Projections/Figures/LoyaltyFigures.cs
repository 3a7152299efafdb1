using Ledger.Domain.Loyalty;

namespace Ledger.Projections.Figures;

/// <summary>How many have an account of points, and how many points on it.</summary>
internal static class LoyaltyFigures
{
    public static IEnumerable<Figure> Of(LoyaltyAccountEvent @event, Guid id, IFigureStates<KnownThing> states)
    {
        var balance = @event switch
        {
            LoyaltyPointsEarned one => one.Balance,
            LoyaltyPointsSpent one => one.Balance,
            LoyaltyPointsReversed one => one.Balance,
            LoyaltyPointsAdjusted one => one.Balance,
            _ => (long?)null,
        };
        if (balance is not { } points) yield break;
        var before = states[id] as KnownPoints;
        states[id] = new KnownPoints(points > 0);
        if (before is null) yield return new(Measure.Loyalty, "accounts", "", 1, 0);
        yield return new(Measure.Loyalty, "with_points", "", (points > 0 ? 1 : 0) - (before?.HasPoints == true ? 1 : 0), 0);
    }
}
