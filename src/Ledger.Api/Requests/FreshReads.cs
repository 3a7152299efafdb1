using System.Globalization;
using Ledger.EventStore.Projecting;

namespace Ledger.Api.Requests;

/// <summary>Lets a read wait until the views have seen the caller's own write: <c>Ledger-Min-Position</c>.</summary>
internal sealed class FreshReads(ViewProgress views) : IEndpointFilter
{
    private const string Header = "Ledger-Min-Position";

    /// <summary>Less than a request may take: otherwise its time would be up before it is said that the views are behind.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromSeconds(5);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Headers[Header].ToString() is { Length: > 0 } wanted)
        {
            if (!long.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                throw new ProblemException(Problem.Malformed($"{Header} must be a position."));
            if (!await views.WaitFor(position, Most, http.RequestAborted)) throw new ProblemException(Problem.ViewsBehind) { RetryAfter = 1 };
        }

        return await next(context);
    }
}
