using System.Globalization;
using Ledger.Domain.Catalog;
using Ledger.Domain.Tenancy;
using Ledger.Projections.Catalog;
using Ledger.Projections.Customers;
using Ledger.Projections.Invoices;
using Ledger.Projections.PaymentMethods;
using Ledger.Projections.Payments;
using Ledger.Projections.Subscriptions;
using Ledger.Projections.Tenancy;
using static Ledger.Projections.Tests.Shop;

namespace Ledger.Projections.Tests;

/// <summary>Events on the left, what a row says after the last of them on the right.</summary>
public sealed class ViewRowTests
{
    private static readonly SubscriptionActivated Activated = new(Bread, Start, true);
    private static readonly SubscriptionBilled Billed = new(Bread, November, NovembersInvoice, NovembersPayment);
    private static readonly SubscriptionPastDue PastDue = new(Bread, NovembersInvoice, NovembersPayment, Start, 20, Start.PlusDays(20));

    private static readonly SubscriptionPastDue Waiting = PastDue with { AttemptsMax = 3, Waits = [1, 8] };

    public static TheoryData<string, string?, SubscriptionEvent[]> Subscriptions => new()
    {
        { "pending", null, [] },
        { "active", "2025-11-01", [Activated] },
        { "active", "2025-12-01", [Activated, Billed] },
        { "active", "2025-11-15", [Activated, Billed, new SubscriptionCancelScheduled(Bread, new(2025, 11, 15), "moving")] },
        { "on_hold", null, [Activated, Billed, new SubscriptionPaused(Bread, Start, "vacation")] },
        { "active", "2025-12-10", [Activated, Billed, new SubscriptionPaused(Bread, Start, null), new SubscriptionResumed(Bread, Start, new(2025, 12, 10), false)] },
        { "active", "2026-02-01", [Activated, Billed, new SubscriptionAdjusted(Bread, new(new(2025, 11, 20), new(2026, 2, 1)), new(new(2025, 11, 1), new(2026, 2, 1)), [])] },
        { "on_hold", null, [Activated, Billed, new SubscriptionPaused(Bread, Start, null, Start.PlusDays(9))] },
        {
            "active", "2025-11-15", [Activated, Billed, new SubscriptionPaused(Bread, Start, null, Start.PlusDays(9)), new SubscriptionResumed(Bread, Start, new(2025, 11, 15), true, 1)]
        },
        { "active", "2025-12-01", [Activated, Billed, new SubscriptionCancelScheduled(Bread, new(2025, 11, 15)), new SubscriptionReactivated(Bread, Start, null, false)] },
        { "active", "2025-11-05", [Activated, Billed, new SubscriptionCancelled(Bread, Start), new SubscriptionReactivated(Bread, Start, new(2025, 11, 5), true)] },
        { "pending", null, [new SubscriptionCancelled(Bread, Start), new SubscriptionReactivated(Bread, Start, null, false)] },
        { "past_due", "2025-11-01", [Activated, Billed, PastDue] },
        { "past_due", "2025-11-02", [Activated, Billed, Waiting, Next(2, "2025-11-02")] },
        { "past_due", "2025-11-10", [Activated, Billed, Waiting, Next(2, "2025-11-02"), Next(3, "2025-11-10")] },
        { "past_due", "2025-11-21", [Activated, Billed, Waiting, Next(3, "2025-11-30")] },
        { "past_due", "2025-11-05", [Activated, Billed, new SubscriptionCancelScheduled(Bread, new(2025, 11, 5), "moving"), Waiting, Next(3, "2025-11-10")] },
        { "error", "2025-11-21", [Activated, Billed, PastDue, new SubscriptionErrored(Bread, Start.PlusDays(19))] },
        { "active", "2025-12-01", [Activated, Billed, PastDue, new SubscriptionRecovered(Bread, Start.PlusDays(3))] },
        { "expired", null, [Activated, Billed, PastDue, new SubscriptionExpired(Bread, Start.PlusDays(20))] },
        { "cancelled", null, [Activated, Billed, new SubscriptionCancelled(Bread, Start)] },
    };

    private static SubscriptionAttemptScheduled Next(int attempt, string on) =>
        new(Bread, NovembersPayment, attempt, NodaTime.Text.LocalDatePattern.Iso.Parse(on).Value);

    [Theory]
    [MemberData(nameof(Subscriptions))]
    public void A_subscription_has_its_status_and_the_day_on_which_something_is_due(string status, string? due, SubscriptionEvent[] then)
    {
        var row = Fold(new SubscriptionView(), Bread.Stream, [Created(Frequency.Monthly), Items(7500, 2), .. then])!;
        row.Status.ShouldBe(status);
        row.NextActionOn?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture).ShouldBe(due);
        (row.NextActionOn is null).ShouldBe(due is null);
        (row.MrrAmount, row.Version, row.CreatedPosition).ShouldBe((15000, 2 + then.Length, 101));
    }

    [Theory]
    [InlineData(FrequencyUnit.Month, 1, 1200)]
    [InlineData(FrequencyUnit.Month, 3, 400)]
    [InlineData(FrequencyUnit.Year, 1, 100)]
    [InlineData(FrequencyUnit.Week, 1, 5200)]
    [InlineData(FrequencyUnit.Week, 4, 1300)]
    [InlineData(FrequencyUnit.Day, 7, 5214)]
    public void A_price_is_worth_as_much_a_month_as_it_is_charged_often(FrequencyUnit unit, int count, long worth) =>
        Fold(new SubscriptionView(), Bread.Stream, Created(new(count, unit)), Items(1200))!.MrrAmount.ShouldBe(worth);

    [Fact]
    public void An_invoice_is_pending_then_overdue_then_paid()
    {
        Fold(new InvoiceView(), NovembersInvoice.Stream, Issued())!.Status.ShouldBe("pending");
        Fold(new InvoiceView(), NovembersInvoice.Stream, Issued(), new InvoiceOverdue(NovembersInvoice, Start.PlusDays(1)))!.Status.ShouldBe("overdue");
        var paid = Fold(new InvoiceView(), NovembersInvoice.Stream, Issued(), new InvoiceOverdue(NovembersInvoice, Start.PlusDays(1)), new InvoicePaid(NovembersInvoice, NovembersPayment, Isk(15000), Start.PlusDays(2)))!;
        (paid.Status, paid.PaidOn, paid.PaymentId, paid.Number, paid.Total, paid.CausedBy).ShouldBe(("paid", Start.PlusDays(2), NovembersPayment.Value, 7, 15000, "run"));
    }

    public static TheoryData<string, int, string?, PaymentEvent[]> Payments => new()
    {
        { "pending", 1, null, [] },
        { "outcome_unknown", 1, null, [new PaymentOutcomeUnknown(NovembersPayment, 1, Start)] },
        { "failed", 1, "card_declined", [new PaymentFailed(NovembersPayment, 1, "card_declined", false, Start, "ch")] },
        { "pending", 2, "card_declined", [new PaymentFailed(NovembersPayment, 1, "card_declined", false, Start, "ch"), new PaymentRetried(NovembersPayment, 2, Amex, "mock", Start.PlusDays(1))] },
        { "captured", 2, null, [new PaymentFailed(NovembersPayment, 1, "card_declined", false, Start, "ch"), new PaymentRetried(NovembersPayment, 2, Amex, "mock", Start.PlusDays(1)), new PaymentCaptured(NovembersPayment, 2, "ch", Start.PlusDays(1))] },
    };

    [Theory]
    [MemberData(nameof(Payments))]
    public void A_payment_stands_as_its_last_attempt_left_it(string status, int attempts, string? failure, PaymentEvent[] then)
    {
        var row = Fold(new PaymentView(), NovembersPayment.Stream, [Begun(), .. then])!;
        (row.Status, row.SettlingAttempts, row.FailureCode, row.Amount).ShouldBe((status, attempts, failure, 15000));
    }

    [Fact]
    public void Only_an_attempt_that_was_answered_is_a_row_and_each_is_its_own()
    {
        var view = new PaymentAttemptView();
        Fold(view, NovembersPayment.Stream, Begun(), new PaymentRetried(NovembersPayment, 2, Visa, "mock", Start), new PaymentOutcomeUnknown(NovembersPayment, 2, Start)).ShouldBeNull();
        var failed = Fold(view, NovembersPayment.Stream, new PaymentFailed(NovembersPayment, 1, "expired_card", true, Start))!;
        var captured = Fold(view, NovembersPayment.Stream, new PaymentCaptured(NovembersPayment, 2, "ch", Start))!;
        (failed.Outcome, failed.FailureCode, failed.IsHard, failed.Attempt, failed.CausedBy).ShouldBe(("failed", "expired_card", true, 1, "run"));
        (captured.Outcome, captured.FailureCode, captured.Attempt).ShouldBe(("captured", null, 2));
        captured.Id.ShouldNotBe(failed.Id);
    }

    [Fact]
    public void A_wallet_has_its_cards_its_default_and_the_first_expiry()
    {
        var stream = WalletStream.Of(Jon);
        IEvent[] events = [Added(Visa, 2030), Added(Amex, 2027), new DefaultPaymentMethodChanged(Amex, Jon), new PaymentMethodDeactivated(Visa, Jon)];
        var both = Fold(new WalletView(), stream, events)!;
        (both.DefaultId, both.EarliestExpiry).ShouldBe((Amex.Value, 202712));
        both.Methods.ShouldContain("\"is_active\":false");
        var one = Fold(new WalletView(), stream, [.. events, new PaymentMethodRemoved(Amex, Jon), new PaymentMethodActivated(Visa, Jon)])!;
        (one.DefaultId, one.EarliestExpiry).ShouldBe((null, 203012));
        one.Methods.ShouldNotContain("\"is_active\":false");
    }

    [Fact]
    public void A_customer_is_gone_once_deleted()
    {
        var made = new CustomerCreated(Jon, "cust-journey-42", "journey-42");
        Fold(new CustomerView(), Jon.Stream, made, new CustomerChanged(Jon, "journey-43", null, null, true))!.ExternalId.ShouldBe("journey-43");
        Fold(new CustomerView(), Jon.Stream, made, new CustomerDeleted(Jon)).ShouldBeNull();
    }

    [Fact]
    public void The_catalog_keeps_what_is_archived()
    {
        var (product, variation) = (new ProductId(Number(7)), new ProductVariationId(Number(8)));
        Fold(new ProductView(), product.Stream, new ProductCreated(product, "Bread"), new ProductArchived(product))!.IsArchived.ShouldBeTrue();
        var row = Fold(new ProductVariationView(), variation.Stream, new ProductVariationCreated(variation, product, "Rye", [Isk(7500)], TaxRate.Parse("0.24")),
            new ProductPriceChanged(variation, [Isk(8000)]), new ProductVariationArchived(variation))!;
        (row.IsArchived, row.TaxRate, row.Name).ShouldBe((true, 0.24m, "Rye"));
        row.Prices.ShouldContain("8000");
        row.Prices.ShouldNotContain("7500");
    }

    [Fact]
    public void A_product_shows_where_it_stands_and_its_images_in_their_order()
    {
        var (product, tag) = (new ProductId(Number(7)), new ProductLabelId(Number(9)));
        var row = Fold(new ProductView(), product.Stream, new ProductCreated(product, "Bread"), new ProductShelved(product, new([], [tag], [], [Frequency.Weekly])),
            new ProductImageUploaded(product, "aa", "image/png", 1), new ProductImageUploaded(product, "bb", "image/png", 2), new ProductImageRemoved(product, "aa"))!;
        (row.Tags, row.Categories, row.SubscriptionFrequencies).ShouldBe(($"[\"{tag.Value}\"]", "[]", "[\"weekly\"]"));
        row.Images.ShouldContain("bb");
        row.Images.ShouldNotContain("aa");
        row.Version.ShouldBe(5);
    }

    [Fact]
    public void A_label_is_gone_once_deleted()
    {
        var id = new ProductLabelId(Number(9));
        var made = new ProductLabelCreated(id, ProductLabelKind.Category, "Breads", "breads");
        Fold(new ProductLabelView(), id.Stream, made, new ProductLabelChanged(id, "Bread", "bread"))!.Slug.ShouldBe("bread");
        Fold(new ProductLabelView(), id.Stream, made, new ProductLabelDeleted(id)).ShouldBeNull();
    }

    [Fact]
    public void A_tenant_is_listed_as_it_was_last_set()
    {
        var id = new TenantId(Number(1));
        var zone = DateTimeZoneProviders.Tzdb["Atlantic/Reykjavik"];
        var made = new TenantCreated(id, "Bakery", TenantMode.Sandbox, Currency.Parse("ISK"), zone, true, [Frequency.Monthly], new(20, 20));
        var row = Fold(new TenantView(), id.Stream, made, new TenantSettingsChanged(id, "Brauð", Currency.Parse("DKK"), zone, false, [Frequency.Yearly]))!;
        (row.Name, row.Mode, row.Currency, row.Zone).ShouldBe(("Brauð", "sandbox", "DKK", "Atlantic/Reykjavik"));
    }
}
