namespace Ledger.Domain.Exports;

/// <summary>Write the file of an export, or go on with it.</summary>
public sealed record RunExport(ExportId Id) : IMessage;

/// <summary>What is asked for is written.</summary>
public sealed class ExportPolicy : IPolicy
{
    public string Name => "export";

    public IEnumerable<Send> React(IEvent @event, EventContext context) =>
        @event is ExportRequested asked ? [new(new RunExport(asked.Id))] : [];
}
