using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Ledger.Messaging.Tests;

/// <summary>Somebody is to be called.</summary>
public sealed record Call(string Who, string? Line = null) : IMessage
{
    public string? OrderKey => Line;
}

/// <summary>Writes down who was called, and does what the test wants of it.</summary>
public sealed class CallHandler : IMessageHandler<Call>, IGivesUp<Call>
{
    private readonly Channel<string> made = Channel.CreateUnbounded<string>();

    /// <summary>What else a call does; null for nothing.</summary>
    public Func<Call, MessageContext, Task>? Also { get; set; }

    /// <summary>Who is being called at this moment.</summary>
    public ConcurrentDictionary<string, bool> Running { get; } = new();

    public async Task Handle(Call message, MessageContext context, CancellationToken ct)
    {
        Running[message.Who] = true;
        await made.Writer.WriteAsync(message.Who, ct);
        try
        {
            if (Also is not null) await Also(message, context);
        }
        finally { _ = Running.TryRemove(message.Who, out _); }
    }

    /// <summary>Who was given up.</summary>
    public ConcurrentQueue<string> GivenUp { get; } = new();

    /// <summary>Whether giving up fails.</summary>
    public bool ClingsOn { get; set; }

    public Task GiveUp(Call message, MessageContext context, CancellationToken ct)
    {
        GivenUp.Enqueue(message.Who);
        return ClingsOn ? throw new InvalidOperationException("Never.") : Task.CompletedTask;
    }

    /// <summary>The next calls, in the order they began.</summary>
    public async Task<IReadOnlyList<string>> Next(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var calls = new List<string>();
        while (calls.Count < count) calls.Add(await made.Reader.ReadAsync(patience.Token));
        return calls;
    }

    /// <summary>Calls that nobody has asked for with <see cref="Next"/>.</summary>
    public int Unseen => made.Reader.Count;
}
