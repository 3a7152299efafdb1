using System.Text.Json.Serialization;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;

namespace Ledger.Domain.CreditNotes;

public readonly record struct CreditNoteId(Guid Value) : IId<CreditNoteId>
{
    public static CreditNoteId From(Guid value) => new(value);

    public StreamId Stream => new("credit_note", Value);
}

/// <summary>The number of a credit note as people write it: <c>CN-000042</c>.</summary>
public static class CreditNoteNumbers
{
    public static string Of(long number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"CN-{number:000000}");
}

/// <summary>What becomes of what a credit note takes back.</summary>
public enum CreditDestination
{
    /// <summary>Less is to be paid on the invoice.</summary>
    Invoice,

    /// <summary>It is the customer's to spend.</summary>
    Balance,

    /// <summary>It goes back the way it was paid.</summary>
    Refund,
}

/// <summary>What can happen to a credit note. Stored forever: add cases, never edit them.</summary>
public abstract record CreditNoteEvent : IEvent
{
    private protected CreditNoteEvent() { }
}

/// <summary>Part of what was invoiced is taken back.</summary>
/// <param name="Number">Gap-free per tenant, in the order of the log.</param>
/// <param name="InvoiceId">The invoice it takes back from.</param>
/// <param name="RefundId">The refund by which the money goes back, where it does.</param>
public sealed record CreditNoteIssued(
    CreditNoteId Id, InvoiceId InvoiceId, CustomerId CustomerId, CreditDestination Destination, IReadOnlyList<CreditNoteLine> Lines,
    Money Net, Money Tax, Money Total, LocalDate IssuedOn, string? Reason = null, Guid? RefundId = null, long Number = 0)
    : CreditNoteEvent, INumberedEvent
{
    [JsonIgnore]
    public string Series => "credit_note";

    public IEvent WithNumber(long number) => this with { Number = number };
}

/// <param name="Period">The days that are taken back; null when it is not for days.</param>
public sealed record CreditNoteLine(string Description, TaxRate TaxRate, Money Net, Money Tax, BillingPeriod? Period = null)
{
    [JsonIgnore]
    public Money Gross => Net + Tax;
}

/// <summary>A credit note. It never changes.</summary>
public abstract record CreditNote : IState<CreditNote, CreditNoteEvent>
{
    private CreditNote() { }

    public sealed record Unknown : CreditNote;

    public sealed record Known(CreditNoteIssued Issued) : CreditNote;

    public static CreditNote Initial { get; } = new Unknown();

    public static CreditNote Evolve(CreditNote state, CreditNoteEvent @event) => @event switch
    {
        CreditNoteIssued issued => new Known(issued),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a credit note can say.</summary>
public static class CreditNoteRejections
{
    public static readonly Rejection NotFound = new("credit_note_not_found", RejectionKind.NotFound, "No credit note has this id.");

    public static readonly Rejection TooMuch = new(
        "credit_exceeds_invoice", RejectionKind.Conflict, "More cannot be taken back than was invoiced.");
}
