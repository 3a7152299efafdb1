using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using Ledger.Gateways.Outgoing;

namespace Ledger.Gateways.Webhooks;

/// <summary>Posts to an address that somebody else has written, and tells how it went. It never throws for what the other side does.</summary>
public sealed class WebhookPost(OutgoingOptions options) : IDisposable
{
    private const int AnswerBytesMax = 4096, HeadMax = 2000;
    private static readonly ProductInfoHeaderValue Agent = new("Ledger-Webhooks", "1");

    private readonly HttpClient http = new(new OutgoingHandler(options with { AnswerMax = AnswerBytesMax, CutsAnswers = true })) { Timeout = Timeout.InfiniteTimeSpan };

    /// <param name="headers">Beside those of the content.</param>
    /// <param name="now">What <c>Retry-After</c> counts from.</param>
    public async Task<WebhookAnswer> Send(Uri url, byte[] body, IEnumerable<(string Name, string Value)> headers, DateTimeOffset now, CancellationToken ct)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json", "utf-8");
            request.Headers.UserAgent.Add(Agent);
            foreach (var (name, value) in headers) _ = request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await http.SendAsync(request, ct);
            return new((int)answer.StatusCode, ErrorOf(answer.StatusCode), Took(), await HeadOf(answer), RetryAfter(answer.Headers.RetryAfter, now));
        }
        catch (OutgoingRefusedException e) { return Failed(e.Code); }
        catch (HttpRequestException e) { return Failed(Reason(e)); }
        catch (IOException) { return Failed("connection_broken"); }

        WebhookAnswer Failed(string reason) => new(null, reason, Took(), null, null);
        int Took() => (int)System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    public void Dispose() => http.Dispose();

    private static string? ErrorOf(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => "redirect_not_followed",
        _ => "answered_with_failure",
    };

    private static string Reason(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "url_host_unknown",
        HttpRequestError.SecureConnectionError => "tls_failed",
        HttpRequestError.ConnectionError => e.InnerException is AuthenticationException ? "tls_failed" : "not_connected",
        _ => "answer_unreadable",
    };

    /// <summary>The first line, the type and the beginning of the body: enough to see what was wrong.</summary>
    private static async Task<string> HeadOf(HttpResponseMessage answer)
    {
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/{answer.Version} {(int)answer.StatusCode} {answer.ReasonPhrase}\n"));
        if (answer.Content.Headers.TryGetValues("Content-Type", out var types)) _ = head.Append(CultureInfo.InvariantCulture, $"content-type: {string.Join(", ", types)}\n");
        if (answer.Headers.TryGetValues("Retry-After", out var after)) _ = head.Append(CultureInfo.InvariantCulture, $"retry-after: {string.Join(", ", after)}\n");
        _ = head.Append('\n').Append(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()));
        var text = head.Replace('\0', ' ').ToString();
        return text.Length > HeadMax ? text[..HeadMax] : text;
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        if (header is null) return null;
        var wait = header.Delta ?? header.Date - now;
        return wait is { } some && some > TimeSpan.Zero ? some : null;
    }
}

/// <summary>How an attempt went.</summary>
/// <param name="Status">Null where there was no answer.</param>
/// <param name="Error">Why it failed, as a code; null where it did not.</param>
/// <param name="Head">How the answer began; null where there was none.</param>
/// <param name="RetryAfter">How long the other side asks to be left alone; null where it does not.</param>
public sealed record WebhookAnswer(int? Status, string? Error, int TookMs, string? Head, TimeSpan? RetryAfter);
