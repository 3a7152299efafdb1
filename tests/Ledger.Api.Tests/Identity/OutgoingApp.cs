using System.Collections.Concurrent;
using Ledger.Gateways.Post;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Identity;

/// <summary>A Ledger of which all that leaves the house is noted; what stays in it, as of sandboxes, is noted beside.</summary>
public sealed class OutgoingApp : IAsyncLifetime
{
    private readonly Recorder outside = new(), inside = new();

    public LedgerApp App { get; private set; } = null!;

    public MovedTime Time { get; } = new();

    /// <summary>What was sent.</summary>
    public IReadOnlyList<PostMessage> All => [.. outside.Heard];

    /// <summary>What stayed here.</summary>
    public IReadOnlyList<PostMessage> Kept => [.. inside.Heard];

    public async Task InitializeAsync() => App = await LedgerApp.Start(replace: services => services
        .AddSingleton<IPostOffice>(outside).AddSingleton(new SandboxPost(inside)).AddSingleton<TimeProvider>(Time));

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>Waits for so many messages like this, and gives the newest.</summary>
    public Task<PostMessage> Until(Func<PostMessage, bool> isIt, int count = 1) => Until(outside, isIt, count);

    /// <summary>The same of those that stayed here.</summary>
    public Task<PostMessage> UntilKept(Func<PostMessage, bool> isIt, int count = 1) => Until(inside, isIt, count);

    private static async Task<PostMessage> Until(Recorder recorder, Func<PostMessage, bool> isIt, int count)
    {
        for (var tries = 0; tries < 400; tries++, await Task.Delay(25))
            if (recorder.Heard.Where(isIt).ToList() is var found && found.Count >= count) return found[^1];
        throw new TimeoutException($"Not {count} of these: {string.Join("; ", recorder.Heard.Select(one => $"{one.To} {one.Subject}"))}");
    }

    private sealed class Recorder : IPostOffice
    {
        public ConcurrentQueue<PostMessage> Heard { get; } = new();

        public Task<string?> Send(PostMessage message, CancellationToken ct)
        {
            Heard.Enqueue(message);
            return Task.FromResult<string?>("ref");
        }
    }
}
