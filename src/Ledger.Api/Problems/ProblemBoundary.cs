using System.Text.Json;
using Ledger.Api.Health;
using Ledger.EventStore.PersonalData;
using Npgsql;

namespace Ledger.Api.Problems;

/// <summary>Where everything that ends a request badly becomes a problem. Nothing of the inside gets out.</summary>
internal sealed partial class ProblemBoundary(RequestDelegate next, ILogger<ProblemBoundary> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (Bare(http.Response) is { } bare) await Write(http, new ProblemException(bare));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested) { http.Response.StatusCode = 499; }
#pragma warning disable CA1031 // The boundary of a request.
        catch (Exception e)
        {
            if (http.Response.HasStarted) throw;
            await Write(http, e);
        }
#pragma warning restore CA1031
    }

    /// <summary>What the framework refused by its status alone, without a word; null when all is said.</summary>
    private static Problem? Bare(HttpResponse response) => response.HasStarted || response.ContentType is not null || response.ContentLength > 0 ? null : response.StatusCode switch
    {
        400 => Problem.Malformed("A parameter is missing, or is not of the right kind."),
        401 => Problem.Unauthorized,
        403 => Problem.Forbidden,
        404 => Problem.NotFound,
        405 => Problem.MethodNotAllowed,
        408 => Problem.BodyTooSlow,
        413 => Problem.BodyTooLarge,
        415 => Problem.UnsupportedMediaType,
        >= 500 => Problem.Internal,
        >= 400 and not 499 => Problem.Malformed($"Status {response.StatusCode}."),
        _ => null,
    };

    private async Task Write(HttpContext http, Exception e)
    {
        var (problem, retryAfter) = e switch
        {
            ProblemException known => (known.Problem, known.RetryAfter),
            BadHttpRequestException { StatusCode: 413 } => (Problem.BodyTooLarge, (int?)null),
            BadHttpRequestException { StatusCode: 408 } => (Problem.BodyTooSlow, null),
            BadHttpRequestException bad => (Problem.Malformed(bad.Message), null),
            OtherKindException => (Problem.NotFound, null),
            StillContendedException => (Problem.TryAgain, 1),
            VersionStaleException stale => (Problem.VersionStale with { Detail = stale.Message }, null),
            EventStore.Commits.CommitOutcomeUnknownException => (Problem.Unavailable, 5),
            NpgsqlException and not PostgresException => (Problem.Unavailable, 5),
            PostgresException { IsTransient: true } => (Problem.Unavailable, 5),
            PostgresException { SqlState: "57P01" or "57P02" or "57P03" } => (Problem.Unavailable, 5),
            PostgresException { SqlState: PersonalKeyRewrap.ForgottenState } => (Problem.PersonalDataClosed, 30),
            System.Security.Cryptography.CryptographicException => (Problem.PersonalDataClosed, 30),
            _ => (Problem.Internal, null),
        };
        if (e is PostgresException { SqlState: DiskFaults.State } or { InnerException: PostgresException { SqlState: DiskFaults.State } })
        {
            http.RequestServices.GetRequiredService<DiskFaults>().Note();
            LogDiskFull(log, http.TraceIdentifier);
        }

        if (problem.Status == 500 || problem == Problem.PersonalDataClosed) LogFault(log, e, http.TraceIdentifier);

        var limits = http.Response.Headers.Where(one => one.Key.StartsWith("RateLimit-", StringComparison.Ordinal)).ToList();
        http.Features.Set(problem);
        http.Response.Clear();
        foreach (var (name, value) in limits) http.Response.Headers[name] = value;
        http.Response.Headers["Request-Id"] = http.TraceIdentifier;
        if (retryAfter is { } seconds) http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (problem.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer";
        http.Response.StatusCode = problem.Status;
        http.Response.ContentType = Problem.ContentType;
        var full = problem with { Instance = http.Request.Path, RequestId = http.TraceIdentifier };
        await JsonSerializer.SerializeAsync(http.Response.Body, full, LedgerJson.Options, http.RequestAborted);
    }

    [LoggerMessage(2, LogLevel.Error, "Request {RequestId} was refused: the disk of the database is full.")]
    private static partial void LogDiskFull(ILogger log, string requestId);

    [LoggerMessage(1, LogLevel.Error, "Request {RequestId} failed.")]
    private static partial void LogFault(ILogger log, Exception e, string requestId);
}
