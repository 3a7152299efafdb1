using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Ledger.Gateways.Post;

/// <summary>Sends SMS over an API like Twilio's. Its address is the operator's own.</summary>
/// <remarks>
/// Every request carries an <c>Idempotency-Key</c>, for those that know one. Twilio knows none: where an answer was lost, what was
/// sent to the number since is looked at, before it is sent again.
/// </remarks>
public sealed class SmsPost(SmsSettings settings) : IPostOffice, IDisposable
{
    private const int TextMax = 1600, ReadMax = 1024 * 1024;

    /// <summary>What the number, or who has it, is to blame for: trying again cannot help.</summary>
    private static readonly int[] Final = [21211, 21610, 21612, 21614, 21617];

    private readonly HttpClient http = new() { Timeout = settings.Time, MaxResponseContentBufferSize = ReadMax };

    private Uri Messages => new($"{settings.Url.ToString().TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(settings.Account)}/Messages.json");

    public async Task<string?> Send(PostMessage message, CancellationToken ct)
    {
        var to = Number(message.To);
        var text = message.Text.Length > TextMax ? message.Text[..TextMax] : message.Text;
        if (message.MayBeSent && await Sent(to, text, message.Since, ct) is { } known) return known;
        var fields = new Dictionary<string, string>
        {
            ["To"] = to, ["Body"] = text, [settings.From.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From"] = settings.From,
        };
        using var request = Request(HttpMethod.Post, Messages);
        request.Content = new FormUrlEncodedContent(fields);
        _ = request.Headers.TryAddWithoutValidation("Idempotency-Key", message.Id.ToString());
        using var answer = await Ask(request, mayBeSent: true, ct);
        return answer.RootElement.TryGetProperty("sid", out var sid) ? sid.GetString() : null;
    }

    public void Dispose() => http.Dispose();

    /// <summary>A number as E.164 has it, or as it is where it has no country.</summary>
    private static string Number(string text)
    {
        var number = string.Concat(text.Where(letter => char.IsAsciiDigit(letter) || letter is '+'));
        return number.Length is >= 3 and <= 16 && number.LastIndexOf('+') <= 0 ? number : throw new PostException("number_not_valid", isFinal: true);
    }

    /// <summary>What the API calls the message, where it has it already.</summary>
    private async Task<string?> Sent(string to, string text, DateTimeOffset since, CancellationToken ct)
    {
        var day = since.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var request = Request(HttpMethod.Get, new($"{Messages}?To={Uri.EscapeDataString(to)}&DateSent%3E={day}"));
        using var answer = await Ask(request, mayBeSent: true, ct);
        if (!answer.RootElement.TryGetProperty("messages", out var all) || all.ValueKind is not JsonValueKind.Array) return null;
        foreach (var one in all.EnumerateArray())
        {
            if (one.TryGetProperty("body", out var body) && body.GetString() == text && IsSince(one, since)) return one.TryGetProperty("sid", out var sid) ? sid.GetString() : "";
        }

        return null;
    }

    private static bool IsSince(JsonElement one, DateTimeOffset since) =>
        !one.TryGetProperty("date_created", out var text) || !DateTimeOffset.TryParse(text.GetString(), CultureInfo.InvariantCulture, out var at)
        || at >= since.AddSeconds(-1);   // The API counts whole seconds.

    private HttpRequestMessage Request(HttpMethod method, Uri url)
    {
        var request = new HttpRequestMessage(method, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Account}:{settings.Token}")));
        return request;
    }

    private async Task<JsonDocument> Ask(HttpRequestMessage request, bool mayBeSent, CancellationToken ct)
    {
        try
        {
            using var answer = await http.SendAsync(request, ct);
            var text = await answer.Content.ReadAsStringAsync(ct);
            var json = Parse(text);
            if (answer.IsSuccessStatusCode && json is not null) return json;
            using (json) throw Refusal(answer.StatusCode, json);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            throw new PostException("not_connected", inner: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new PostException("answer_lost", inner: e) { MayBeSent = mayBeSent };
        }
    }

    private static PostException Refusal(HttpStatusCode status, JsonDocument? json)
    {
        var code = json?.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("code", out var said) && said.TryGetInt32(out var number) ? number : (int)status;
        return new($"sms_{code.ToString(CultureInfo.InvariantCulture)}", Final.Contains(code)) { MayBeSent = (int)status is >= 500 or (>= 200 and < 300) };
    }

    private static JsonDocument? Parse(string text)
    {
        try { return JsonDocument.Parse(text); }
        catch (JsonException) { return null; }
    }
}
