namespace Ledger.Api.Answers;

/// <summary>An answer that is a file, to be kept under a name.</summary>
internal static class Attachment
{
    /// <param name="name">Of letters, digits and hyphens.</param>
    public static IResult Of(HttpContext http, byte[] file, string contentType, string name)
    {
        Name(http, name);
        return TypedResults.Bytes(file, contentType);
    }

    /// <summary>Gives the answer its name.</summary>
    public static void Name(HttpContext http, string name) => http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
}
