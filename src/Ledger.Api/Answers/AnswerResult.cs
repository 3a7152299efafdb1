using System.Globalization;
using System.Text.Json;

namespace Ledger.Api.Answers;

/// <summary>Writes an answer, with the headers that belong to it.</summary>
/// <param name="position">Where the log stood by then: a reader who asks for it reads behind nothing; 0 when there is none.</param>
/// <param name="isReplay">Whether it is given again.</param>
internal sealed class AnswerResult(Answer answer, long position = 0, bool isReplay = false, bool isProblem = false) : IResult
{
    public const string PositionHeader = "Ledger-Position";

    public int Status => answer.Status;

    public bool IsReplay => isReplay;

    /// <summary>The same with something beside it that is not kept: a repeat is answered without.</summary>
    public AnswerResult Showing<TBody>(Func<TBody, TBody> add) =>
        !isReplay && answer.Body is TBody body ? new(answer with { Body = add(body) }, position) : this;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        if (position > 0) response.Headers[PositionHeader] = position.ToString(CultureInfo.InvariantCulture);
        if (answer.Location is { } location) response.Headers.Location = location;
        if (answer.Version is { } version) response.Headers.ETag = $"\"{version.ToString(CultureInfo.InvariantCulture)}\"";
        if (isReplay) response.Headers["Idempotent-Replayed"] = "true";
        if (answer.Body is not { } body) return;
        if (body is Problem problem) httpContext.Features.Set(problem);

        response.ContentType = isProblem || body is Problem ? Problem.ContentType : "application/json";
        await JsonSerializer.SerializeAsync(response.Body, body, body.GetType(), LedgerJson.Options, httpContext.RequestAborted);
    }
}
