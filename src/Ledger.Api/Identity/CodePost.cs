using System.Threading.Channels;
using Ledger.Gateways.Post;

namespace Ledger.Api.Identity;

/// <summary>Sends codes after the answer: how long sending takes must not tell who is known.</summary>
/// <remarks>What is not sent when the process ends is asked for again: a code is good for ten minutes anyway.</remarks>
internal sealed partial class CodePost(IPostOffice office, ILogger<CodePost> log) : BackgroundService
{
    private const int WaitingMax = 1000;
    private readonly Channel<(Guid Id, string To, string Subject, string Text)> waiting =
        Channel.CreateBounded<(Guid, string, string, string)>(new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Send(string to, string subject, string text) => waiting.Writer.TryWrite((Guid.CreateVersion7(), to, subject, text));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var (id, to, subject, text) in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                try { _ = await office.Send(new(id, to, subject, text), stoppingToken); }
                catch (PostException e) { LogNotSent(log, e.Code); }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException) { LogNotSent(log, e.GetType().Name); }
            }
        }
        catch (OperationCanceledException) { }
    }

    [LoggerMessage(1, LogLevel.Warning, "A code could not be sent: {Reason}.")]
    private static partial void LogNotSent(ILogger log, string reason);
}
