using System.Collections.Concurrent;
using Ledger.Gateways.Post;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Scenarios.Notifications;

/// <summary>A way out of the house that notes what goes through it, and fails as a test says.</summary>
public sealed class PostRecorder : IPostOffice
{
    private readonly ConcurrentQueue<PostMessage> all = new();
    private readonly ConcurrentDictionary<string, PostException> failing = new();

    public IReadOnlyList<PostMessage> To(string address) => [.. all.Where(one => one.To == address)];

    public void Fail(string address, PostException? how)
    {
        if (how is null) _ = failing.TryRemove(address, out _);
        else failing[address] = how;
    }

    public Task<string?> Send(PostMessage message, CancellationToken ct)
    {
        all.Enqueue(message);
        return failing.TryGetValue(message.To, out var how) ? throw how : Task.FromResult<string?>("ref");
    }
}

/// <summary>One Ledger whose mail and SMS are noted, for all scenarios of messages.</summary>
public sealed class NotificationApp : IAsyncLifetime
{
    public LedgerApp App { get; private set; } = null!;

    public PostRecorder Post { get; } = new();

    public async Task InitializeAsync() => App = await LedgerApp.Start(replace: services =>
        services.AddSingleton<IPostOffice>(Post).AddSingleton(new SandboxPost(Post)));   // As in development: what a sandbox writes is read here.

    public async Task DisposeAsync() => await App.DisposeAsync();
}
