using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;

namespace Ledger.Api.Requests;

/// <summary>The JSON body of a request, of exactly the members that <typeparamref name="T"/> has.</summary>
/// <remarks>An empty body is an empty object. A body of another shape is refused, and says where.</remarks>
public sealed class Body<T>(T value) where T : class
{
    public T Value => value;

    public static async ValueTask<Body<T>> BindAsync(HttpContext http, ParameterInfo _)
    {
        var bytes = await BodyBytes.Read(http);
        RequestHash.Set(http, bytes);
        if (bytes.Length > 0 && !http.Request.HasJsonContentType()) throw new ProblemException(Problem.UnsupportedMediaType);
        if (!JsonBytes.AreText(bytes)) throw new ProblemException(Problem.Malformed("The body has half a character in it: it is to be UTF-8, and surrogates come in pairs."));
        try
        {
            StaffOnlyMembers.Refuse(http, typeof(T), bytes);
            var read = JsonSerializer.Deserialize<T>(bytes.Length == 0 ? "{}"u8 : bytes, RequestJson.Options)
                ?? throw new ProblemException(Problem.Malformed("The body must be an object."));
            if (bytes.AsSpan().IndexOf("\\u0000"u8) >= 0 || bytes.AsSpan().IndexOf((byte)0) >= 0)
                throw new ProblemException(Problem.Malformed("The character U+0000 cannot be kept."));
            return new(read);
        }
        catch (JsonException e)
        {
            throw new ProblemException(Problem.Malformed(Plain(e), Pointer(e.Path)));
        }
        catch (ArgumentException e)
        {
            throw new ProblemException(Problem.Malformed(e.Message.Split(" (Parameter", 2)[0]));
        }
    }

    /// <summary>The reason without the names of our types.</summary>
    private static string Plain(JsonException e)
    {
        var text = e.Message.Split(" Path:", 2)[0];
        if (text.Contains("could not be mapped", StringComparison.Ordinal)) return "There is no such member.";
        if (text.Contains("missing required", StringComparison.Ordinal)) return $"A required member is missing: {text[(text.LastIndexOf(':') + 1)..].Trim()}";
        return text.Contains("could not be converted", StringComparison.Ordinal) || text.Contains("Ledger.", StringComparison.Ordinal)
            ? "The value is not of the right kind." : text;
    }

    private static string Pointer(string? path) =>
        path is null or "$" ? "" : path.Replace("$", "", StringComparison.Ordinal).Replace("[", ".", StringComparison.Ordinal)
            .Replace("]", "", StringComparison.Ordinal).Replace('.', '/');
}

/// <summary>What tells one request's content from another's.</summary>
internal static class RequestHash
{
    private static readonly object Key = new();

    public static void Set(HttpContext http, byte[] body) => http.Items[Key] = body;

    /// <summary>Over the method, the path and the body: the same key for anything else, another operation included, is refused.</summary>
    public static byte[] Of(HttpContext http)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{http.Request.Method}\n{http.Request.Path}{http.Request.QueryString}\n"));
        hash.AppendData(http.Items[Key] as byte[] ?? []);
        return hash.GetHashAndReset();
    }
}
