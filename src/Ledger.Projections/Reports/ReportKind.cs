namespace Ledger.Projections.Reports;

/// <summary>What a report is asked about.</summary>
public sealed record ReportWanted(string Tenant, ReportPeriod Period)
{
    public ReportTime Time => Period.Time;

    /// <summary>The day of the moment it is as of.</summary>
    public LocalDate Day => Period.AsOf.InZone(Period.Zone).Date;
}

/// <summary>A report there is, whoever asks for it: over HTTP or on the command line.</summary>
/// <param name="Name">As in its path.</param>
/// <param name="Operation">Its name for clients.</param>
public abstract record ReportKind(string Name, string Operation, string Summary)
{
    /// <param name="parts">Where what reads it is found.</param>
    public abstract Task<object> Read(IServiceProvider parts, ReportWanted of, CancellationToken ct);

    /// <summary>Hands it over with the type of its answer.</summary>
    public abstract void Give(IReportTaker taker);
}

/// <inheritdoc cref="ReportKind"/>
/// <param name="Of">Reads it, by the queries that it is made of.</param>
public sealed record ReportKind<TAnswer, TReport>(string Name, string Operation, string Summary, Func<ReportWanted, TReport, CancellationToken, Task<TAnswer>> Of)
    : ReportKind(Name, Operation, Summary) where TAnswer : notnull where TReport : notnull
{
    public override async Task<object> Read(IServiceProvider parts, ReportWanted of, CancellationToken ct) =>
        await Of(of, (TReport)parts.GetService(typeof(TReport))!, ct);

    public override void Give(IReportTaker taker) => taker.Take(this);
}

/// <summary>Makes something of each report, by its types.</summary>
public interface IReportTaker
{
    void Take<TAnswer, TReport>(ReportKind<TAnswer, TReport> report) where TAnswer : notnull where TReport : notnull;
}
