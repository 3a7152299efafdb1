using Ledger.Application.Tenancy;

namespace Ledger.Api.Tenancy;

/// <summary>An image that somebody has uploaded, as it is given out: a browser takes it for a picture and nothing else, whatever is in it.</summary>
internal static class Picture
{
    /// <param name="isForEver">Whether what is under this address never changes.</param>
    public static IResult Of(HttpContext http, TenantFile file, string hash, bool isForEver)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'";
        headers.CacheControl = isForEver ? "public, max-age=31536000, immutable" : "public, max-age=60";
        return TypedResults.Bytes(file.Content, file.ContentType, entityTag: new($"\"{hash}\""));
    }
}
