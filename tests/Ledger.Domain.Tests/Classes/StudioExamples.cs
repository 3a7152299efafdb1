using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Classes;

/// <summary>A studio: three classes for 1000, a class at noon with two places at 500, and two customers who may book.</summary>
internal static class StudioExamples
{
    public static readonly ClassPackageId Pass = ClassPackageId.From(Number(40));
    public static readonly ClassSessionId Yoga = ClassSessionId.From(Number(41));
    public static readonly BookingId First = BookingId.From(Number(42));
    public static readonly BookingId Second = BookingId.From(Number(43));
    public static readonly BookingId Third = BookingId.From(Number(44));
    public static readonly PaymentId Outside = PaymentId.TakenOutside(Bakery, "pi_A");
    public static readonly ClassCreditId Credit = ClassCreditId.BoughtBy(Outside);
    public static readonly Instant Now = At("2025-11-01T12:00:00Z");
    public static readonly Instant Lapse = At("2025-11-01T12:15:00Z");
    public static readonly Instant Expiry = At("2025-12-01T00:00:00Z");
    public static readonly ClassPackageCreated PassCreated = new(Pass, "3 Class Pass", 3, Isk(1000), 30, IsActive: true);
    public static readonly IntakeProfileCompleted Healthy = new(IntakeProfileId.Of(Jon), Jon, Start, At("2026-11-01T00:00:00Z"));

    public static JointScenario Studio(Money? price = null, int capacity = 2) => JointScenario
        .Given(Bakery.Stream, BakeryCreated)
        .And(Jon.Stream, JonCreated)
        .And(Anna.Stream, new CustomerCreated(Anna, "cust-anna", "anna"))
        .And(IntakeProfileId.Of(Jon).Stream, Healthy)
        .And(IntakeProfileId.Of(Anna).Stream, new IntakeProfileCompleted(IntakeProfileId.Of(Anna), Anna, Start, At("2026-11-01T00:00:00Z")))
        .And(Pass.Stream, PassCreated)
        .And(Yoga.Stream, new ClassSessionCreated(Yoga, "Yoga", At("2027-01-02T12:00:00Z"), capacity, price ?? Isk(500)));

    /// <summary>The studio after Jón has bought three classes and booked one.</summary>
    public static JointScenario Bought() => Studio().After(Buy()).After(Book(First));

    public static IssueClassCredit Buy(string payment = "pi_A", long amount = 1000) => new(Bakery, Jon, Pass, payment, Isk(amount), Start);

    public static BookClass Book(BookingId id, CustomerId? customer = null, Instant? at = null) => new(id, customer ?? Jon, Yoga, at ?? Now, Start);

    public static UseClassCredit Use(BookingId booking, Instant? at = null) => new(Credit, booking, at ?? Now, Start);

    public static RefundClassCredit Return(BookingId booking, Instant? at = null) => new(Credit, booking, at ?? Now, Start);

    public static AdjustClassCredit Adjust(int classes, int id = 50, Instant? at = null) => new(Credit, Number(id), classes, "as agreed", at ?? Now, Start);

    public static ExpireClassCredit Expire(Instant at) => new(Credit, at, Start);

    public static PayBooking Pay(BookingId booking, string payment = "pi_B", long amount = 500) => new(booking, Bakery, payment, Isk(amount), Start);

    public static CancelBooking Cancel(BookingId booking, Instant? at = null) => new(booking, "ill", at ?? Now, Start);

    public static ClassCredit.Known JonsCredit(this JointScenario scenario) =>
        (ClassCredit.Known)scenario.Ledger.State<ClassCredit, ClassCreditEvent>(Credit.Stream);
}
