namespace Ledger.Domain.Exports;

/// <summary>Write down that the file is there. Once. Refuses with <c>export_not_found</c>.</summary>
public sealed record CompleteExport(ExportId Id, long Rows, long Bytes, Instant ExpiresAt) : ICommand<Export, ExportEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ExportEvent> Decide(Export state) => state switch
    {
        Export.Known { Status: ExportStatus.Queued } => [new ExportCompleted(Id, Rows, Bytes, ExpiresAt)],
        Export.Known => [],
        _ => ExportRejections.NotFound,
    };
}
