using System.Globalization;
using Ledger.EventStore.Feed;
using Npgsql;

namespace Ledger.Api.Answers;

/// <summary>Gives every answer to a write the position by which all that it did can be read, also where it is given again.</summary>
/// <remarks>
/// A command knows its own. What ended later, elsewhere or the first time stands before the end of the log as it is now.
/// A declined charge is a write too.
/// </remarks>
internal sealed class AnsweredPositions(RequestDelegate next, EventFeed feed)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<Caller>() is not null && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            http.Response.OnStarting(() => Say(http));
        return next(http);
    }

    private async Task Say(HttpContext http)
    {
        var response = http.Response;
        if (response.StatusCode is not ((>= 200 and < 300) or 402) || response.Headers.ContainsKey(AnswerResult.PositionHeader)) return;
        try
        {
            var head = await feed.Head(http.RequestAborted);
            response.Headers[AnswerResult.PositionHeader] = head.ToString(CultureInfo.InvariantCulture);
        }
        catch (NpgsqlException) { }   // What was done is done: its answer goes out without.
        catch (OperationCanceledException) { }
    }
}
