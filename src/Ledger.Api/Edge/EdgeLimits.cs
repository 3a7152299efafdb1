using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ledger.Api.Edge;

/// <summary>How large a request may be. What is larger gets a problem here; what is larger still, Kestrel drops without one.</summary>
/// <remarks>The size of a body is looked at where it is read, see <see cref="Requests.Body{T}"/>: 1 MB.</remarks>
internal sealed class EdgeLimits(RequestDelegate next)
{
    public const int UrlMax = 8 * 1024, HeadersMax = 16 * 1024, HeaderCountMax = 64, ParametersMax = 50;

    /// <summary>A body that comes slower than this, after five seconds, is not waited for.</summary>
    private const double BodyBytesPerSecondMin = 500;

    public static void Configure(KestrelServerOptions kestrel, EdgeSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 16 * 1024 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * UrlMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = 4 * HeadersMax;
        kestrel.Limits.MaxRequestHeaderCount = 2 * HeaderCountMax;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        kestrel.Limits.MinRequestBodyDataRate = new(BodyBytesPerSecondMin, TimeSpan.FromSeconds(5));
        kestrel.Limits.MaxConcurrentConnections = settings.ConnectionsMax;
        kestrel.Limits.MaxConcurrentUpgradedConnections = 0;
        var share = new ConnectionShare(settings);
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(share.Limit));
    }

    public Task InvokeAsync(HttpContext http)
    {
        var request = http.Request;
        if (http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Length > UrlMax) throw new ProblemException(Problem.UrlTooLong);
        if (request.Headers.Count > HeaderCountMax || request.Headers.Sum(one => one.Key.Length + one.Value.Sum(value => value?.Length ?? 0)) > HeadersMax)
            throw new ProblemException(Problem.HeadersTooLarge);
        if (request.QueryString.HasValue && request.QueryString.Value!.Count(letter => letter == '&') >= ParametersMax)
            throw new ProblemException(Problem.Malformed($"At most {ParametersMax} query parameters."));
        return next(http);
    }
}
