using System.Diagnostics;

namespace Ledger.Api;

/// <summary>One line for each request: what, for whom, how it ended, how long it took. Ids only.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        http.Response.Headers["Request-Id"] = http.TraceIdentifier;
        await next(http);
        var caller = http.Features.Get<Caller>();
        var operation = http.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? http.GetEndpoint()?.DisplayName ?? "nothing here";
        LogRequest(log, http.Request.Method, operation, http.Response.StatusCode,
            (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds, caller?.TenantName, caller?.ActorKind, caller?.Id, http.TraceIdentifier);
    }

    [LoggerMessage(1, LogLevel.Information, "{Method} {Operation} {Status} {Milliseconds} ms tenant {Tenant} {Kind} {Caller} request {RequestId}")]
    private static partial void LogRequest(
        ILogger log, string method, string operation, int status, long milliseconds, string? tenant, string? kind, Guid? caller, string requestId);
}
