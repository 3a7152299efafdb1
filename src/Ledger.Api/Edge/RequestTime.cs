namespace Ledger.Api.Edge;

/// <summary>How long a request may take. When its time is up all that it waits for is canceled, and it is answered by a 503.</summary>
/// <remarks>
/// A caller cannot know what was done by then: the same idempotency key again tells. An answer that has started, such as a long CSV,
/// goes on for as long as it is read.
/// </remarks>
internal sealed class RequestTime(RequestDelegate next, EdgeSettings settings, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var gone = http.RequestAborted;
        using var late = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, late.Token);
        await using var timer = time.CreateTimer(_ => { if (!http.Response.HasStarted) late.Cancel(); }, null, settings.RequestTime, Timeout.InfiniteTimeSpan);
        http.RequestAborted = either.Token;
        try { await next(http); }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !gone.IsCancellationRequested)
        {
            throw new ProblemException(Problem.TimedOut) { RetryAfter = 5 };
        }
        finally { http.RequestAborted = gone; }
    }
}
