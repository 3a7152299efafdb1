namespace Ledger.Simulation.Tests.Database;

/// <summary>A row of <c>ledger.messages</c>.</summary>
internal sealed class MessageRow(NewMessage message, long sequence)
{
    public NewMessage Message => message;
    public Guid Id => message.Id;
    public string Tenant => message.Tenant;
    public string? OrderKey => message.OrderKey;
    public long Sequence => sequence;
    public bool IsBlocked { get; set; }
    public Instant RunAt { get; set; }
    public int Attempts { get; set; }
    public int Failures { get; set; }
    public bool IsLeased { get; set; }
}
