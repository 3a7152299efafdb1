using System.Security.Cryptography;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ledger.Api.Documentation;

/// <summary>The OpenAPI document as it goes over the wire: made once, since it is the same for everybody as long as the process runs.</summary>
internal sealed class OpenApiPage([FromKeyedServices("v1")] IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<Page>> page = new(() => Make(provider));

    public async Task<IResult> Answer(HttpContext http)
    {
        var (bytes, tag) = await page.Value.WaitAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-cache";   // Kept, and asked for again by its tag.
        return Results.Bytes(bytes, "application/json", entityTag: new(tag));
    }

    private static async Task<Page> Make(IOpenApiDocumentProvider provider)
    {
        using var written = new MemoryStream();
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        await document.SerializeAsJsonAsync(written, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        var bytes = written.ToArray();
        return new(bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}\"");
    }

    private sealed record Page(byte[] Bytes, string Tag);
}
