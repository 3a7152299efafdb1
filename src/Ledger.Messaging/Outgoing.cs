namespace Ledger.Messaging;

/// <summary>Messages on their way into a commit.</summary>
public static class Outgoing
{
    /// <summary>A message under an id that follows from what it is sent for: sending it again sends nothing.</summary>
    /// <param name="scope">The id of the event or message that it follows from.</param>
    /// <param name="name">What for, unique within the scope.</param>
    public static NewMessage Derived(Guid scope, string name, string tenant, Send send, string? correlation, string? causation)
    {
        var (type, json) = MessageTypes.Write(send.Message);
        return new(DerivedId.Of(scope, name), tenant, type, json, send.Message.OrderKey, send.NotBefore, correlation, causation);
    }
}
