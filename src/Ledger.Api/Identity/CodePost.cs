using System.Threading.Channels;
using Ledger.Gateways.Post;

namespace Ledger.Api.Identity;

/// <summary>Sends codes after the answer: how long sending takes must not tell who is known.</summary>
/// <remarks>What is not sent when the process ends is asked for again: a code is good for ten minutes anyway.</remarks>
internal sealed partial class CodePost(IPostOffice office, SandboxPost sandbox, ILogger<CodePost> log) : BackgroundService
{
    private const int WaitingMax = 1000;
    private readonly Channel<(Guid Id, CodeMessage Message)> waiting =
        Channel.CreateBounded<(Guid, CodeMessage)>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Send(CodeMessage message) => waiting.Writer.TryWrite((Guid.CreateVersion7(), message));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (id, one) in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                try { _ = await (one.IsKept ? sandbox.Office : office).Send(new(id, one.To, one.Subject, one.Text), stoppingToken); }
                catch (PostException e) { LogNotSent(log, e.Code); }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException) { LogNotSent(log, e.GetType().Name); }
            }
        }
        catch (OperationCanceledException) { }
    }

    [LoggerMessage(1, LogLevel.Warning, "A code could not be sent: {Reason}.")]
    private static partial void LogNotSent(ILogger log, string reason);
}

/// <param name="IsKept">Whether it stays here, as a file: it is for somebody outside, of a tenant that only tries things.</param>
internal sealed record CodeMessage(string To, string Subject, string Text, bool IsKept)
{
    /// <summary>Says nothing of whom it is for, so that a log line or an exception cannot leak it.</summary>
    public override string ToString() => "(code)";
}
