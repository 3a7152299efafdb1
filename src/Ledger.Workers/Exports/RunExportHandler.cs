using Ledger.Application.Exports;
using Ledger.Application.Tenancy;
using Ledger.Domain.Exports;

namespace Ledger.Workers.Exports;

/// <summary>Works on an export for a while, and writes down when its file is there. Killed, it goes on with the next part.</summary>
public sealed class RunExportHandler(
    StateReader states, Tenants tenants, ExportWork work, ExportParts parts, CommandHandler commands, EventFeed feed, ViewProgress views, IClock clock)
    : IMessageHandler<RunExport>, IGivesUp<RunExport>
{
    private static readonly TimeSpan ForViews = TimeSpan.FromSeconds(5);

    public async Task Handle(RunExport message, MessageContext context, CancellationToken ct)
    {
        if (await states.Of<Export, ExportEvent>(context.Tenant, message.Id.Stream, ct) is not Export.Known { Status: ExportStatus.Queued } export) return;
        if (!await views.WaitFor(await feed.Head(ct), ForViews, ct)) throw new NotYetException(ForViews / 50);

        var tenant = await tenants.Find(context.Tenant, ct) ?? throw new InvalidOperationException("The message is of no tenant.");
        if (await work.Go(context.Tenant, export.Requested, tenant.DateOf(context.Now), ct) is not { } file) throw new NotYetException(TimeSpan.FromMilliseconds(1));
        if (file.Rows > ExportWork.RowsMax) _ = await commands.Handle(new FailExport(export.Id, "too_many_rows"), context.Completing(), ct);
        else _ = await commands.Handle(new CompleteExport(export.Id, file.Rows, file.Bytes, clock.GetCurrentInstant() + ExportParts.KeptFor), context.Completing(), ct);
    }

    /// <summary>There will be no file: whoever waits for it is told, and what was written of it goes.</summary>
    public async Task GiveUp(RunExport message, MessageContext context, CancellationToken ct)
    {
        if ((await commands.Handle(new FailExport(message.Id, "not_written"), context.Continuing, ct)).State is not Export.Known { Status: ExportStatus.Failed }) return;
        foreach (var kind in (string[])[ExportParts.Rows, ExportParts.Whole]) await parts.Drop(context.Tenant, message.Id.Value, kind, ct);
    }
}
