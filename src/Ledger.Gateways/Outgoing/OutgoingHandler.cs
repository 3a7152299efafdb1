namespace Ledger.Gateways.Outgoing;

/// <summary>The one way to ask a URL that somebody else has written: a webhook, a picture, a discovery document.</summary>
/// <remarks>
/// Follows no redirect: it comes back as it is, and whoever follows it asks here again. Goes through no proxy of the environment, keeps no
/// cookies, unpacks nothing, and reads no more of an answer than the options say.
/// </remarks>
public sealed class OutgoingHandler : DelegatingHandler
{
    private readonly OutgoingOptions options;
    private readonly OutgoingUrls urls;

    public OutgoingHandler(OutgoingOptions options) : base(Sockets(options)) => (this.options, urls) = (options, new(options));

    /// <summary>What connects: only to addresses that were looked at.</summary>
    public static SocketsHttpHandler Sockets(OutgoingOptions options) => new()
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = System.Net.DecompressionMethods.None,
        ConnectTimeout = options.Time, MaxResponseHeadersLength = 16, MaxResponseDrainSize = options.CutsAnswers ? 0 : 1024 * 1024, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, ct) => new OutgoingConnection(options).Connect(context.DnsEndPoint, ct),
    };

    /// <exception cref="OutgoingRefusedException">The URL may not be asked, leads where it may not, or answers more or longer than it may.</exception>
    /// <exception cref="HttpRequestException">It could not be reached.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        urls.OrRefuse(request.RequestUri!);
        using var late = new CancellationTokenSource(options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await base.SendAsync(request, either.Token);
            await Read(answer, either.Token);
            return answer;
        }
        catch (Exception e)
        {
            answer?.Dispose();
            if (e is HttpRequestException { InnerException: OutgoingRefusedException refused }) throw refused;
            if (e is OperationCanceledException && late.IsCancellationRequested && !cancellationToken.IsCancellationRequested) throw new OutgoingRefusedException("answer_too_slow");
            throw;
        }
    }

    private async Task Read(HttpResponseMessage answer, CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        using var kept = new MemoryStream();
        var chunk = new byte[Math.Min(8 * 1024, options.AnswerMax)];
        try
        {
            for (int read; (read = await body.ReadAsync(chunk, ct)) > 0;)
            {
                if (kept.Length + read > options.AnswerMax && !options.CutsAnswers) throw new OutgoingRefusedException("answer_too_large");
                kept.Write(chunk, 0, (int)Math.Min(read, options.AnswerMax - kept.Length));
                if (kept.Length == options.AnswerMax && options.CutsAnswers) break;
            }
        }
        catch (Exception e) when (options.CutsAnswers && e is OperationCanceledException or IOException or HttpRequestException) { }

        var original = answer.Content;
        answer.Content = new ByteArrayContent(kept.ToArray());
        foreach (var (name, values) in original.Headers) _ = answer.Content.Headers.TryAddWithoutValidation(name, values);
    }
}
