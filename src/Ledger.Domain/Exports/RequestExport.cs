namespace Ledger.Domain.Exports;

/// <summary>Write a file of what there is now. Asked again under the same id, nothing happens.</summary>
public sealed record RequestExport(ExportId Id, ExportResource Resource, ExportFormat Format, ExportFilter? Filter, LocalDate Today) : ICommand<Export, ExportEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<ExportEvent> Decide(Export state) =>
        state is Export.Unknown ? [new ExportRequested(Id, Resource, Format, Today, Filter == new ExportFilter() ? null : Filter)] : [];
}
