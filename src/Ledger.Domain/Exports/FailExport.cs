namespace Ledger.Domain.Exports;

/// <summary>Write down that there will be no file. Once. Refuses with <c>export_not_found</c>.</summary>
public sealed record FailExport(ExportId Id, string Code) : ICommand<Export, ExportEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ExportEvent> Decide(Export state) => state switch
    {
        Export.Known { Status: ExportStatus.Queued } => [new ExportFailed(Id, Code)],
        Export.Known => [],
        _ => ExportRejections.NotFound,
    };
}
