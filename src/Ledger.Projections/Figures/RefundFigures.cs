using Ledger.Domain.Refunds;

namespace Ledger.Projections.Figures;

/// <summary>Refunds by what happened to them.</summary>
internal static class RefundFigures
{
    public static IEnumerable<Figure> Of(RefundEvent @event, Guid id, IFigureStates<KnownThing> states)
    {
        if (@event is RefundRequested asked)
        {
            states[id] = new KnownRefund(asked.Amount.Currency.Code, asked.Amount.Amount);
            return [new(Measure.Refunds, "requested", asked.Amount.Currency.Code, 1, asked.Amount.Amount)];
        }

        var end = @event switch { RefundSucceeded => "succeeded", RefundFailed => "failed", RefundRejected => "rejected", _ => null };
        if (end is null || states[id] is not KnownRefund known) return [];
        states[id] = null;
        return [new(Measure.Refunds, end, known.Currency, 1, known.Amount)];
    }
}
