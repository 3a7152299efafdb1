using System.Text.Json.Nodes;
using Ledger.Testing.Http;

namespace Ledger.Torture.Load;

/// <summary>A client as the guide asks for: repeats a request with the same key until it is answered.</summary>
/// <param name="name">Its keys begin with this.</param>
internal sealed class Caller(string name, LedgerClient client, Findings findings)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5), Breath = TimeSpan.FromMilliseconds(50);
    private readonly List<Acknowledged> acknowledged = [];
    private int sent;

    /// <summary>Everything that was answered, in order. Read it when nothing is under way.</summary>
    public IReadOnlyList<Acknowledged> Acknowledged => acknowledged;

    public async Task<Acknowledged> Post(string what, string path, object? body)
    {
        var key = $"{name}-{++sent}";
        var (answer, tries) = await Answered($"POST {path}", () => client.Post(path, body ?? new { }, key));
        var one = new Acknowledged(what, path, body, key, answer.Status, answer.Text.Length == 0 ? null : JsonNode.Parse(answer.Text), tries);
        acknowledged.Add(one);
        return one;
    }

    /// <summary>The same request once more.</summary>
    public async Task<LedgerAnswer> Repeat(Acknowledged one) => (await Answered($"POST {one.Path}", () => client.Post(one.Path, one.Body ?? new { }, one.Key))).Answer;

    public async Task<LedgerAnswer> Get(string path) => (await Answered($"GET {path}", () => client.Get(path))).Answer;

    /// <summary>Sends what may be sent twice.</summary>
    public async Task<LedgerAnswer> Send(HttpMethod method, string path, object? body) =>
        (await Answered($"{method} {path}", () => client.Send(method, path, body))).Answer;

    /// <exception cref="TimeoutException">Nobody answered, however often it was asked.</exception>
    private async Task<(LedgerAnswer Answer, int Tries)> Answered(string request, Func<Task<LedgerAnswer>> ask)
    {
        using var patience = new CancellationTokenSource(Patience);
        var last = "nothing";
        for (var tries = 1; !patience.IsCancellationRequested; tries++)
        {
            try
            {
                var answer = await ask();
                if (answer.Status < 499 && answer.Code is not ("try_again" or "idempotency_key_pending")) return (answer, tries);
                last = $"{answer.Status} {answer.Text}";
                if (answer.Status == 500) findings.Add($"{request} was answered {last}");
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException) { last = e.Message; }   // It is down.

            await Task.Delay(Breath);
        }

        throw new TimeoutException($"{request} was not answered for {Patience.TotalMinutes:0} minutes; last came {last}");
    }
}
