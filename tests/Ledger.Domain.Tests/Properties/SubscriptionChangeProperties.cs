using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Tests.Subscriptions;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Properties;

/// <summary>Two hundred days of a subscription that is changed by chance, in any order, on any day.</summary>
public class SubscriptionChangeProperties
{
    private static readonly string[] Frequencies = ["monthly", "quarterly", "weekly", "every_10_days", "yearly"];

    /// <summary>A day billed twice, or not at all, would cost a day's price more or less than the days together.</summary>
    /// <summary>A day billed twice, or not at all, would cost a day's price more or less than the days together.</summary>
    [Fact]
    public void The_documents_come_to_what_each_day_costs() => Check(CostsItsDays);

    [Fact]
    public void Every_day_of_service_is_charged_and_no_other() => Check(ChargesEachDay);

    [Fact]
    public void No_more_goes_back_than_was_taken() => Check(GivesBackNoMore);

    [Fact]
    [Trait("Category", "Heavy")]
    public void Five_thousand_lives() => ManySeeds.Try("subscription-lives.log", 5_000, seed =>
    {
        var life = new ChangedLife(seed, Frequencies);
        CostsItsDays(life);
        ChargesEachDay(life);
        GivesBackNoMore(life);
    });

    private static void CostsItsDays(ChangedLife life)
    {
        var billed = life.Log.OfType<InvoiceIssued>().Sum(one => one.Total.Amount);
        var back = life.Log.OfType<CreditNoteIssued>().Sum(one => one.Total.Amount) + life.Log.OfType<RefundRequested>().Sum(one => one.Amount.Amount);
        var lines = life.Log.OfType<InvoiceIssued>().Sum(one => one.Lines.Count)
            + (4 * life.Log.Count(one => one is SubscriptionAdjusted or SubscriptionPaused or SubscriptionCancelled));
        ((decimal)(billed - back)).ShouldBe(life.CostOfAllDays, lines, $"seed {life.Seed}");
    }

    private static void ChargesEachDay(ChangedLife life) => life.Findings.ShouldBeEmpty($"seed {life.Seed}");

    private static void GivesBackNoMore(ChangedLife life)
    {
        foreach (var stream in life.Plan.Ledger.Log.Select(one => one.Stream).Distinct().ToList())
        {
            if (stream.Category == "invoice" && life.Plan.Ledger.State<Invoice, InvoiceEvent>(stream) is Invoice.Known invoice)
                (invoice.Creditable.Amount >= 0 && invoice.Open.Amount >= 0).ShouldBeTrue($"seed {life.Seed}");
            if (stream.Category == "payment" && life.Plan.Ledger.State<Payment, PaymentEvent>(stream) is Payment.Known payment)
                payment.Refundable.Amount.ShouldBeGreaterThanOrEqualTo(0, $"seed {life.Seed}");
        }
    }

    private static void Check(Action<ChangedLife> holds) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => holds(new ChangedLife(seed, Frequencies))).QuickCheckThrowOnFailure();
}

/// <summary>A life, and what each of its days cost by the state of its evening.</summary>
internal sealed class ChangedLife
{
    private readonly Picker pick;
    private readonly string[] frequencies;
    private readonly Dictionary<LocalDate, decimal> costs = [];
    private Subscription state = Subscription.Initial;
    private int pendingDays;
    private int seen;

    public ChangedLife(int seed, string[] frequencies)
    {
        (Seed, pick, this.frequencies) = (seed, new Picker(seed), frequencies);
        var start = Day("2024-01-01").PlusDays(pick.Int(0, 400));
        Plan = new Plan(Price(), pick.One(frequencies), Text(start), pick.One<int?>(null, null, 1, 15, 31), pick.Chance(30) ? Text(start.PlusDays(pick.Int(1, 40))) : null);
        for (var day = 0; day < 200; day++) Live(start.PlusDays(day));
    }

    public int Seed { get; }

    public Plan Plan { get; }

    public IReadOnlyList<IEvent> Log => [.. Plan.Ledger.Log.Select(one => one.Event)];

    public decimal CostOfAllDays => costs.Values.Sum();

    public List<string> Findings { get; } = [];

    private void Live(LocalDate today)
    {
        var wish = Wish(today);
        if (wish is not null) Make(wish);
        if (pendingDays-- <= 0)
        {
            Plan.Capture(Text(today));
            BillAsShown(today);
        }

        if (pendingDays < 0 && pick.Chance(3))
        {
            // A charge that takes some days to be answered.
            pendingDays = pick.Int(1, 12);
            _ = Plan.Ledger.Run(new BillSubscription(Breads, Bakery, today));
        }

        if (pendingDays > 0 && pick.Chance(20)) Plan.Capture(Text(today));
        Count(today);
    }

    /// <summary>What was shown as the next invoice is the one that comes, whatever is to change with it.</summary>
    private void BillAsShown(LocalDate today)
    {
        var tenant = (Tenant.Known)Plan.Ledger.State<Tenant, TenantEvent>(Bakery.Stream);
        var shown = UpcomingInvoice.Of(Plan.State, Plan.State.Items, tenant);
        var issued = Plan.Bill(Text(today)) is [var first, ..] ? first : null;
        if (issued is not null && (issued.Period, issued.Total) != (shown?.Period, shown?.Draft.Total)) Findings.Add($"{issued.Period} was shown as {shown?.Period}");
    }

    private IJointCommand? Wish(LocalDate today) => pick.Int(0, 60) switch
    {
        0 or 1 => Plan.Now(Text(today), Price()),
        2 => Plan.Now(Text(today), pick.Chance(50) ? Price() : null, pick.One(frequencies)),
        3 => new ChangeSubscriptionPlan(Breads, Plan.Items(Price()), pick.Chance(30) ? Frequency.Parse(pick.One(frequencies)) : null, today),
        4 => new CreditSubscriptionPause(Breads, Bakery, null, today),
        5 => One(new PauseSubscription(Breads, null, today)),
        6 or 7 or 8 => One(new ResumeSubscription(Breads, today)),
        9 => One(new CancelSubscription(Breads, pick.Chance(60), null, today, pick.Chance(50) ? today.PlusDays(pick.Int(0, 40)) : null)),
        10 => new CancelAndRefundSubscription(Breads, Bakery, null, "a", pick.Chance(50), today),
        11 or 12 or 13 => new ReactivateSubscription(Breads, today),
        _ => null,
    };

    /// <summary>Previewed, then made: both come to the same, and the same again comes to nothing.</summary>
    private void Make(IJointCommand wish)
    {
        var tenant = (Tenant.Known)Plan.Ledger.State<Tenant, TenantEvent>(Bakery.Stream);
        var preview = ChangePreview.Of(wish, Breads, tenant, Plan.Ledger).AsTask().GetAwaiter().GetResult();
        var made = Plan.Ledger.Run(wish);
        var events = made.Events.Select(one => one.Event).ToList();
        var due = events.OfType<PaymentInitiated>().Sum(one => one.Amount.Amount);
        var credited = events.OfType<CreditNoteIssued>().Sum(one => one.Total.Amount);
        if (preview.Rejection != made.Rejection) Findings.Add($"{wish} was previewed as {preview.Rejection}");
        if (made.Rejection is not null) return;
        if (preview.Due.Amount != due || preview.Credits.Sum(one => one.Total.Amount) != credited || preview.Invoice?.ToString() != events.OfType<InvoiceIssued>().SingleOrDefault()?.ToString())
            Findings.Add($"{wish} came to something else than was shown");
        if (Plan.Ledger.Run(wish).Events.Count > 0) Findings.Add($"{wish} did something twice");
    }

    private void Count(LocalDate today)
    {
        foreach (var (_, happened) in Plan.Ledger.Log.Skip(seen).ToList())
        {
            seen++;
            if (happened is not SubscriptionEvent one) continue;
            state = Subscription.Evolve(state, one);
            if (one is SubscriptionAdjusted adjusted) Clear(adjusted.Period.From);
            if (one is SubscriptionPaused { CreditedFrom: { } paused }) Clear(paused);
            if (one is SubscriptionCancelled { CreditedFrom: { } cancelled }) Clear(cancelled);
            if (one is SubscriptionBilled or SubscriptionAdjusted) Charge(((Subscription.Known)state).Billed!);
        }

        var known = (Subscription.Known)state;
        if (known.Status is SubscriptionStatus.Active && today >= known.BillingStartsOn && pendingDays < 0 && !costs.ContainsKey(today)) Findings.Add($"{today} was not charged");
    }

    private void Clear(LocalDate from)
    {
        foreach (var day in costs.Keys.Where(day => day >= from).ToList()) _ = costs.Remove(day);
    }

    private void Charge(BilledPeriod billed)
    {
        var lines = billed.Charged?.Select(line => line.UnitPrice.Times(line.Quantity))
            ?? ((Invoice.Known)Plan.Ledger.State<Invoice, InvoiceEvent>(billed.InvoiceId.Stream)).Lines.Select(line => line.UnitPrice.Times(line.Quantity));
        var price = lines.Sum(one => (decimal)one.Amount) / billed.FullPeriod.Days;
        for (var day = billed.Period.From; day < billed.Period.Until; day = day.PlusDays(1))
        {
            if (day < ((Subscription.Known)state).BillingStartsOn) Findings.Add($"{day} was charged in the trial");
            if (!costs.TryAdd(day, price)) Findings.Add($"{day} was charged twice");
        }
    }

    private string Price() => string.Join(' ', Enumerable.Range(0, pick.Int(1, 2)).Select(_ => $"{pick.Int(1, 3)}x{pick.Int(10_000, 99_999)}"));

    private static Alone One(SubscriptionCommand command) => new(command);

    private static string Text(LocalDate day) => $"{day:uuuu-MM-dd}";

    private sealed record Alone(SubscriptionCommand Command) : IJointCommand
    {
        public async ValueTask<JointDecision> Decide(IStates states)
        {
            var decided = Command.Decide(await states.Of<Subscription, SubscriptionEvent>(Command.Stream));
            return decided.Rejection is { } refused ? refused : new JointDecision().Append(Command.Stream, [.. decided]);
        }
    }
}
