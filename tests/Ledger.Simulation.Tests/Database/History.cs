namespace Ledger.Simulation.Tests.Database;

/// <summary>All that ever happened in the database, and what must never happen there.</summary>
internal sealed class History
{
    private readonly HashSet<Guid> events = [];
    private readonly Dictionary<Guid, NewMessage> sent = [];
    private readonly HashSet<Guid> completed = [];

    public IReadOnlyDictionary<Guid, NewMessage> AllSent => sent;
    public IReadOnlySet<Guid> AllCompleted => completed;

    /// <summary>What it was, line by line; null unless it is wanted.</summary>
    public Action<string>? Tell { get; set; }

    public void Appended(StoredEvent one)
    {
        Tell?.Invoke($"event {one.Position}: {one.Event} as version {one.Version} of {one.Stream.Id:N}");
        if (!events.Add(one.Id)) throw new Violation($"The event {one.Id} was written twice.");
    }

    public void Sent(NewMessage message)
    {
        Tell?.Invoke($"sent {message.Id:N} {message.Json}");
        if (!sent.TryAdd(message.Id, message)) throw new Violation($"The message {message.Id} was sent twice.");
    }

    public void Taken(MessageRow row, Instant now)
    {
        Tell?.Invoke($"taken {row.Id:N}, attempt {row.Attempts + 1}");
        if (row.IsLeased && row.RunAt > now) throw new Violation($"The message {row.Id} was taken while another worker had it.");
    }

    public void Completed(MessageRow row, MessageLease by, IEnumerable<MessageRow> waiting)
    {
        Tell?.Invoke($"completed {row.Id:N}, attempt {by.Attempts}");
        if (!completed.Add(row.Id)) throw new Violation($"The message {row.Id} was completed twice.");
        if (row.Attempts != by.Attempts) throw new Violation($"The message {row.Id} was completed by a worker who had lost it.");
        if (row.OrderKey is { } key && waiting.Any(one => one.Tenant == row.Tenant && one.OrderKey == key && one.Sequence < row.Sequence))
            throw new Violation($"The message {row.Id} of the key {key} was completed before one that was sent before it.");
    }

    public void Moved(CheckpointMove move, long stood, long? epoch)
    {
        Tell?.Invoke($"{move.Name} from {stood} to {move.To} in epoch {move.Epoch}");
        if (move.To < stood) throw new Violation($"The checkpoint {move.Name} went back from {stood} to {move.To}.");
        if (move.From != stood) throw new Violation($"The checkpoint {move.Name} was moved from {move.From} while it stood at {stood}.");
        if (move.Epoch != epoch) throw new Violation($"The checkpoint {move.Name} was moved in epoch {move.Epoch} after epoch {epoch} had begun.");
    }
}
