using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Properties;

/// <summary>A credit that is bought at any price, and used, refunded, adjusted, cancelled and let go in any order.</summary>
public class ClassCreditProperties
{
    private const int BookingsMax = 12;

    [Fact]
    public void What_was_paid_is_accounted_for_to_the_last_unit() => Check(log =>
    {
        var (paid, left) = (log.OfType<ClassCreditIssued>().Single().AmountPaid, After(log).ValueLeft);
        var gone = Sum(log.OfType<ClassCreditUsed>().Select(one => one.Value)) - Sum(log.OfType<ClassCreditRefunded>().Select(one => one.Value));
        var lost = Sum(log.OfType<ClassCreditAdjusted>().Select(one => one.ValueDropped)) + Sum(log.OfType<ClassCreditExpired>().Select(one => one.Value));
        (gone + lost + left).ShouldBe(paid);
        log.OfType<ClassCreditUsed>().ShouldAllBe(one => one.Value >= Isk(0));
    });

    [Fact]
    public void Never_are_more_classes_used_than_there_are() => Check(log =>
    {
        for (var i = 1; i <= log.Count; i++)
        {
            var state = After(log[..i]);
            var open = state.Uses.Values.Count(use => !use.IsReturned);
            state.Remaining.ShouldBeInRange(0, state.Total);
            (state.Remaining + open).ShouldBe(state.Total);
            if (state.Remaining == 0) state.ValueLeft.ShouldBe(Isk(0));
            if (!state.IsExpired || state.ValueLeft == Isk(0)) continue;
            log[i - 1].ShouldBeOfType<ClassCreditRefunded>();   // What comes back to an expired credit expires with the next event.
            log[i].ShouldBeOfType<ClassCreditExpired>();
        }
    });

    [Fact]
    public void Each_booking_uses_a_class_once_and_gets_it_back_once() => Check(log =>
    {
        log.OfType<ClassCreditUsed>().Select(one => one.BookingId).ShouldBeUnique();
        log.OfType<ClassCreditRefunded>().Select(one => one.BookingId).ShouldBeUnique();
    });

    [Fact]
    public void Once_it_has_expired_no_class_is_used() => Check(log =>
    {
        var end = log.FindIndex(one => one is ClassCreditExpired);
        if (end >= 0) log[end..].ShouldAllBe(one => one is ClassCreditExpired || one is ClassCreditRefunded);
    });

    [Fact]
    public void The_classes_of_a_price_differ_by_one_unit_at_most() => Prop.ForAll(
        Gen.Choose(1, 100_000).ToArbitrary(), Gen.Choose(1, 50).ToArbitrary(), (price, classes) =>
        {
            var ledger = Opened(price, classes, capacity: 50).Ledger;
            for (var i = 0; i < classes; i++)
            {
                var booking = BookingId.From(Number(1000 + i));
                _ = ledger.Run(Book(booking));
                _ = ledger.Run(Use(booking));
            }

            var values = ledger.Log.Select(one => one.Event).OfType<ClassCreditUsed>().Select(one => one.Value.Amount).ToList();
            (values.Count, values.Sum()).ShouldBe((classes, price));
            (values.Max() - values.Min()).ShouldBeLessThanOrEqualTo(1);
            values.ShouldBe(values.OrderDescending());
        }).QuickCheckThrowOnFailure();

    private static void Check(Action<List<ClassCreditEvent>> holds) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => holds(Live(new Picker(seed)))).QuickCheckThrowOnFailure();

    private static List<ClassCreditEvent> Live(Picker pick)
    {
        var ledger = Opened(pick.Int(1, 5000), pick.Int(1, 7), capacity: BookingsMax).Ledger;
        var now = Now;
        for (var i = 0; i < 80; i++)
        {
            if (pick.Chance(5)) now += Duration.FromDays(pick.Int(1, 12));
            var booking = BookingId.From(Number(1000 + pick.Int(1, BookingsMax)));
            _ = pick.Int(0, 9) switch
            {
                < 3 => ledger.Run(Book(booking, at: now)),
                < 6 => ledger.Run(Use(booking, now)),
                6 => ledger.Run(Return(booking, now)),
                7 => ledger.Run(Cancel(booking, now)),
                8 => ledger.Run(Adjust(pick.Int(-3, 3), 2000 + i, now)),
                _ => ledger.Run(Expire(now)),
            };
        }

        return [.. ledger.Log.Select(one => one.Event).OfType<ClassCreditEvent>()];
    }

    private static JointScenario Opened(long price, int classes, int capacity) => Studio(capacity: capacity)
        .And(Pass.Stream, new ClassPackageChanged(Pass, "Pass", classes, Isk(price), 30, IsActive: true)).After(Buy(amount: price));

    private static ClassCredit.Known After(IEnumerable<ClassCreditEvent> log) =>
        (ClassCredit.Known)log.Aggregate(ClassCredit.Initial, ClassCredit.Evolve);

    private static Money Sum(IEnumerable<Money> amounts) => Money.Sum(Krona, amounts);
}
