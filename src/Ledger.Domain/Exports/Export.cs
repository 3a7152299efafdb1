using Ledger.Domain.Customers;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Exports;

public readonly record struct ExportId(Guid Value) : IId<ExportId>
{
    public static ExportId From(Guid value) => new(value);

    public StreamId Stream => new("export", Value);
}

/// <summary>What can be exported.</summary>
public enum ExportResource { Customers, Subscriptions, Orders, Invoices, Payments }

public enum ExportFormat { Csv, Xlsx }

public enum ExportStatus { Queued, Completed, Failed }

/// <summary>Which of them; the same as the lists have. What is null narrows nothing.</summary>
/// <param name="Status">In snake_case, as the resource has it.</param>
/// <param name="FromDate">Of invoices the day of issue, of payments that of the last attempt, of orders that of the order.</param>
public sealed record ExportFilter(
    CustomerId? CustomerId = null, SubscriptionId? SubscriptionId = null, string? Status = null, string? ExternalId = null,
    LocalDate? FromDate = null, LocalDate? ToDate = null);

/// <summary>What can happen to an export. Stored forever: add cases, never edit them.</summary>
public abstract record ExportEvent : IEvent
{
    private protected ExportEvent() { }
}

/// <param name="Filter">Null for all.</param>
public sealed record ExportRequested(ExportId Id, ExportResource Resource, ExportFormat Format, LocalDate On, ExportFilter? Filter = null) : ExportEvent;

/// <summary>The file is there. It is not in the log, and is gone after a day.</summary>
/// <param name="Bytes">How long the file is.</param>
/// <param name="ExpiresAt">By the machine's clock.</param>
public sealed record ExportCompleted(ExportId Id, long Rows, long Bytes, Instant ExpiresAt) : ExportEvent;

/// <param name="Code">Why: <c>too_many_rows</c>; <c>not_written</c> where it failed too often.</param>
public sealed record ExportFailed(ExportId Id, string Code) : ExportEvent;

/// <summary>An export, as it stands now.</summary>
public abstract record Export : IState<Export, ExportEvent>
{
    private Export() { }

    public sealed record Unknown : Export;

    public sealed record Known(ExportRequested Requested, ExportCompleted? Result, string? FailureCode) : Export
    {
        public ExportId Id => Requested.Id;

        public ExportStatus Status => Result is not null ? ExportStatus.Completed : FailureCode is not null ? ExportStatus.Failed : ExportStatus.Queued;
    }

    public static Export Initial { get; } = new Unknown();

    public static Export Evolve(Export state, ExportEvent @event) => @event switch
    {
        ExportRequested asked => new Known(asked, Result: null, FailureCode: null),
        ExportCompleted done => (Known)state with { Result = done },
        ExportFailed failed => (Known)state with { FailureCode = failed.Code },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" an export can say.</summary>
public static class ExportRejections
{
    public static readonly Rejection NotFound = new("export_not_found", RejectionKind.NotFound, "No export has this id.");

    public static readonly Rejection LinkExpired = new("export_link_expired", RejectionKind.NotFound, "The link, or the file that it leads to, has expired.");
}
