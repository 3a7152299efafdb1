using System.Security.Cryptography;
using System.Text;

namespace Ledger.Api.Audit;

/// <summary>Notes, after a request has been answered, what of it belongs into the trail. Nothing waits for it.</summary>
internal sealed class AuditTrail(RequestDelegate next, AuditRecorder recorder, IClock clock)
{
    private const string Scheme = "Bearer ";
    private const int KeyLengthMax = 200;

    public async Task InvokeAsync(HttpContext http)
    {
        try { await next(http); }
        finally
        {
            var now = clock.GetCurrentInstant();
            if (AuditedRequest.Access(http, now) is { } record) recorder.Add(record, KeyHash(http, record.Tenant));
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
}
