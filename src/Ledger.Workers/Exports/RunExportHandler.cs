using Ledger.Domain.Exports;

namespace Ledger.Workers.Exports;

/// <summary>Works on an export for a while, and writes down when its file is there. Killed, it goes on with the next part.</summary>
public sealed class RunExportHandler(
    StateReader states, ExportWork work, CommandHandler commands, EventFeed feed, ViewProgress views, IClock clock) : IMessageHandler<RunExport>
{
    private static readonly TimeSpan ForViews = TimeSpan.FromSeconds(5);

    public async Task Handle(RunExport message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<Export, ExportEvent>(context.Tenant, message.Id.Stream, ct) is not Export.Known { Status: ExportStatus.Queued } export) return;
        if (!await views.WaitFor(await feed.Head(ct), ForViews, ct)) throw new NotYetException(ForViews / 50);

        if (await work.Go(context.Tenant, export.Requested, ct) is not { } file) throw new NotYetException(TimeSpan.FromMilliseconds(1));
        if (file.Rows > ExportWork.RowsMax) _ = await commands.Handle(new FailExport(export.Id, "too_many_rows"), context.Completing(), ct);
        else _ = await commands.Handle(new CompleteExport(export.Id, file.Rows, file.Bytes, clock.GetCurrentInstant() + ExportParts.KeptFor), context.Completing(), ct);
    }
}
