using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Ledger.Api.Tenancy;

/// <summary>The one file of a form, in memory. What it is called, and what it is said to be, is not looked at.</summary>
internal static class OneFile
{
    public const string ContentType = "multipart/form-data";

    private const int BoundaryMax = 70;

    /// <exception cref="ProblemException">There is none, there is more than one thing, or it cannot be read.</exception>
    public static async Task<byte[]> Read(HttpContext http)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || !type.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase))
            throw new ProblemException(Problem.UnsupportedMediaType with { Detail = $"Send {ContentType} with one file." });
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (boundary is not { Length: > 0 and <= BoundaryMax }) throw Malformed("The form has no boundary.");

        using var body = new MemoryStream(await BodyBytes.Read(http));
        try
        {
            var reader = new MultipartReader(boundary, body);
            var first = await reader.ReadNextSectionAsync(http.RequestAborted) ?? throw Malformed("The form is empty.");
            if (first.GetContentDispositionHeader()?.IsFileDisposition() != true) throw Malformed("The form has something that is no file.");
            using var content = new MemoryStream();
            await first.Body.CopyToAsync(content, http.RequestAborted);
            if (await reader.ReadNextSectionAsync(http.RequestAborted) is not null) throw Malformed("The form has more than one file.");
            return content.ToArray();
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Malformed("The form cannot be read.");
        }
    }

    private static ProblemException Malformed(string detail) => new(Problem.Malformed(detail));
}
