namespace Ledger.Api.Requests;

/// <summary>The body of a request as it came, of at most 1 MB.</summary>
internal static class BodyBytes
{
    private const int Max = 1024 * 1024;

    /// <exception cref="ProblemException">There is more of it.</exception>
    public static async Task<byte[]> Read(HttpContext http)
    {
        if (http.Request.ContentLength > Max) throw new ProblemException(Problem.BodyTooLarge);
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0;)
        {
            if (buffer.Length + read > Max) throw new ProblemException(Problem.BodyTooLarge);
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}
