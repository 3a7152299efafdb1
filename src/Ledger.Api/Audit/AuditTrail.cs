using System.Security.Cryptography;
using System.Text;

namespace Ledger.Api.Audit;

/// <summary>Notes, after a request has been answered, what of it belongs into the trail. Nothing waits for it.</summary>
internal sealed partial class AuditTrail(RequestDelegate next, AuditRecorder recorder, IClock clock, ILogger<AuditTrail> log)
{
    private const string Scheme = "Bearer ";
    private const int KeyLengthMax = 200;

    public async Task InvokeAsync(HttpContext http)
    {
        try { await next(http); }
        finally
        {
            var now = clock.GetCurrentInstant();
            var identity = AuditedRequest.Identity(http, now).ToList();
            foreach (var one in identity)
            {
                recorder.Add(one, keyHash: null);
                if (one.Status >= 400) LogRefused(log, one.Operation, one.Code, one.Tenant, one.ResourceId, one.Ip, one.RequestId);
            }

            if (identity.Count == 0 && AuditedRequest.Access(http, now) is { } record) recorder.Add(record, KeyHash(http, record.Tenant));
            else if (AuditedRequest.Origin(http, now) is { } origin) recorder.Add(origin);
        }
    }

    /// <summary>The hash of the key that let nobody in: one that was revoked still leads to its tenant. Null when there was none.</summary>
    private static string? KeyHash(HttpContext http, string tenant)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return tenant.Length == 0 && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length is > 20 and < KeyLengthMax
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())))
            : null;
    }

    [LoggerMessage(1, LogLevel.Warning, "{Action} refused with {Code}: tenant {Tenant} account {Account} from {Address} request {RequestId}")]
    private static partial void LogRefused(ILogger log, string action, string? code, string tenant, string? account, string? address, string? requestId);
}
