using System.Text;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>A request as it goes out.</summary>
internal sealed record HostileRequest(
    int Number, string Operation, string Caller, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, string? ContentType)
{
    public HttpRequestMessage ToMessage(Uri address)
    {
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri($"http://{address.Authority}{Target}", options));
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (ContentType is not null) _ = message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        foreach (var (name, value) in Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) _ = message.Content?.Headers.TryAddWithoutValidation(name, value);
        return message;
    }

    /// <summary>To be read by a person: long things are cut, and what one does not see is spelt out.</summary>
    public override string ToString() =>
        $"#{Number} {Operation} by {Caller}: {Method} {Plain(Target)} [{string.Join("; ", Headers.Where(one => one.Value.Length < 2000).Select(one => $"{one.Name}: {Plain(one.Value)}"))}] "
        + (Body is null ? "no body" : $"{ContentType ?? "no type"} {Body.Length} bytes: {Plain(Encoding.UTF8.GetString(Body))}");

    private static string Plain(string text) =>
        string.Concat(text.Take(500).Select(letter => letter is >= ' ' and <= '~' ? letter.ToString() : $"\\u{(int)letter:x4}"));
}
