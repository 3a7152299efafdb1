using Ledger.Domain.Accounting;
using Ledger.Domain.Amounts;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.People;
using Ledger.Projections.Accounting;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Accounting;

/// <summary>From a figure to what it comes from: lines, prices, events, and who asked for them.</summary>
internal static class ExplainEndpoints
{
    public static void MapExplanations(this IEndpointRouteBuilder api)
    {
        _ = api.MapGet("/invoices/{invoice_id:guid}/explain", OfInvoice).WithTags("Accounting")
            .Is("explainInvoice", "Why an invoice says what it says: each line with its price and rule, and every event with who brought it about.", Who.Staff)
            .Reads<InvoiceExplanation>().Rejects(InvoiceRejections.NotFound);
        _ = api.MapGet("/payments/{payment_id:guid}/explain", OfPayment).WithTags("Accounting")
            .Is("explainPayment", "What a payment is for, and every attempt and refund with who brought it about.", Who.Staff)
            .Reads<PaymentExplanation>().Rejects(PaymentRejections.NotFound);
        _ = api.MapGet("/accounts/{account}/explain", OfAccount).WithTags("Accounting")
            .Is("explainAccount", "What an account's balance is made of: what was booked by which kind of event, and what moves by the day.", Who.Staff, Permission.ViewFinancialReports)
            .Reads<AccountExplanation>().Rejects(AccountRejections.NotFound);
    }

    private static async Task<IResult> OfInvoice(
        [FromRoute(Name = "invoice_id")] Guid invoiceId, Call call, StateReader states, Explanations explanations, CancellationToken ct)
    {
        if (await states.Of<Invoice, InvoiceEvent>(call.Tenant, new InvoiceId(invoiceId).Stream, ct) is not Invoice.Known invoice)
            throw new ProblemException(Problem.Of(InvoiceRejections.NotFound));

        Guid[] streams = [invoiceId, PaymentId.ForInvoice(invoice.Id).Value, .. invoice.PaymentId is { } paid ? (Guid[])[paid.Value] : [], .. await explanations.CreditNotesOf(call.Tenant, invoice.Id, ct)];
        var reasons = await explanations.Of(call.Tenant, [.. streams.Distinct()], ct);
        var issued = reasons.First(one => one.ResourceId == invoiceId).Position;
        var sources = await explanations.LastBefore(call.Tenant, [.. SourcesOf(invoice)], issued, ct);
        return TypedResults.Json(new InvoiceExplanation(
            invoice.Id, invoice.Net, invoice.Tax, invoice.Total, invoice.Settled, invoice.Credited, invoice.Open,
            [.. invoice.Lines.Select(line => LineExplanation.Of(line, invoice, sources))], reasons), LedgerJson.Options);
    }

    private static IEnumerable<Guid> SourcesOf(Invoice.Known invoice) =>
        invoice.Lines.Select(line => line.ProductVariationId).OfType<Guid>().Concat(invoice.SubscriptionId is { } subscription ? [subscription.Value] : []).Distinct();

    private static async Task<IResult> OfPayment(
        [FromRoute(Name = "payment_id")] Guid paymentId, Call call, StateReader states, Explanations explanations, CancellationToken ct)
    {
        if (await states.Of<Payment, PaymentEvent>(call.Tenant, new PaymentId(paymentId).Stream, ct) is not Payment.Known payment)
            throw new ProblemException(Problem.Of(PaymentRejections.NotFound));

        Guid[] streams = [paymentId, .. payment.InvoiceId is { } invoice ? (Guid[])[invoice.Value] : [], .. payment.For is { } bought ? (Guid[])[bought.Id] : [], .. await explanations.RefundsOf(call.Tenant, paymentId, ct)];
        return TypedResults.Json(new PaymentExplanation(
            payment.Id, payment.InvoiceId, payment.For, payment.Amount, payment.Captured, payment.Refunded,
            await explanations.Of(call.Tenant, streams, ct)), LedgerJson.Options);
    }

    private static async Task<IResult> OfAccount(
        string account, Call call, BooksAsked books, TrialBalance balances, Explanations explanations, CancellationToken ct)
    {
        Check.That(account.Length <= 100, "account", "text_length", "At most 100 characters.").OrRefuse();
        var lines = (await balances.On(call.Tenant, books.Day, books.At, books.Position, ct)).Where(one => one.Account == account).ToList();
        if (lines.Count == 0) throw new ProblemException(Problem.Of(AccountRejections.NotFound));
        var parts = await explanations.PartsOf(call.Tenant, account, books.Day, books.At, books.Position, ct);
        return TypedResults.Json(new AccountExplanation(
            account, books.Position, books.Day, [.. lines.Select(AccountResponse.From)], parts,
            [.. lines.Select(line => new ByTheDay(line.Commodity, line.Balance - parts.Where(part => part.Commodity == line.Commodity).Sum(part => part.Debit - part.Credit)))],
            $"/api/v1/journal-entries?account={Uri.EscapeDataString(account)}&to_date={books.Day:R}"), LedgerJson.Options);
    }
}

/// <summary>Why an invoice says what it says.</summary>
/// <param name="Events">All that happened to it, its payments and its credit notes, in the order of the log.</param>
public sealed record InvoiceExplanation(
    InvoiceId Id, Money Net, Money Tax, Money Total, Money AmountPaid, Money AmountCredited, Money AmountDue,
    IReadOnlyList<LineExplanation> Lines, IReadOnlyList<Reason> Events);

/// <summary>Why a line says what it says.</summary>
/// <param name="Rule">How the amount follows from the price.</param>
/// <param name="PriceFrom">The event that set the price, as far as the log has one.</param>
public sealed record LineExplanation(string Description, long Quantity, Money UnitPrice, Money Amount, Money? Discount, Money Net, Money Tax, string Rule, Reason? PriceFrom)
{
    public static LineExplanation Of(InvoiceLine line, Invoice.Known invoice, IReadOnlyList<Reason> sources) => new(
        line.Description, line.Quantity, line.UnitPrice, line.Amount, line.Discount, line.Net, line.Tax, RuleOf(line, invoice),
        sources.FirstOrDefault(one => one.ResourceId == line.ProductVariationId) ?? sources.FirstOrDefault(one => one.ResourceId == invoice.SubscriptionId?.Value));

    private static string RuleOf(InvoiceLine line, Invoice.Known invoice)
    {
        var full = line.UnitPrice.Times(line.Quantity);
        var days = line.Period ?? invoice.Period;
        var price = line.Amount == full ? $"{line.Quantity} x {line.UnitPrice}"
            : days is { } some ? $"{line.Quantity} x {line.UnitPrice}, for the {some.Days} days {some}" : $"{line.Quantity} x {line.UnitPrice}, in part";
        var discount = line.Discount is { } off ? $", less {off}" : "";
        return $"{price}{discount}, tax of {line.TaxRate} {(invoice.PricesIncludeTax ? "included" : "added")}";
    }
}

/// <summary>What a payment is for, and what became of it.</summary>
/// <param name="Events">All that happened to it, to what it pays, and to its refunds, in the order of the log.</param>
public sealed record PaymentExplanation(
    PaymentId Id, InvoiceId? InvoiceId, Purchase? For, Money Amount, Money Captured, Money Refunded, IReadOnlyList<Reason> Events);

/// <summary>What an account's balance is made of.</summary>
/// <param name="Parts">What was booked, by kind of event.</param>
/// <param name="MovedByTheDay">What came, or went, by itself as days passed.</param>
/// <param name="Entries">Where all of it is listed.</param>
public sealed record AccountExplanation(
    string Account, long Position, LocalDate On, IReadOnlyList<AccountResponse> Balances, IReadOnlyList<AccountPart> Parts,
    IReadOnlyList<ByTheDay> MovedByTheDay, string Entries);

/// <param name="Amount">Debits less credits, in the minor unit.</param>
public sealed record ByTheDay(string Commodity, long Amount);
