using System.Diagnostics;
using System.Text;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>Hostile requests of every operation the API describes. <c>LEDGER_TEST_SEED</c> makes the same ones again.</summary>
public class FuzzTests(ITestOutputHelper output)
{
    private const int FaultsMax = 25;

    [Fact]
    public Task Two_thousand_hostile_requests_do_no_harm() => Run(2_000);

    [Fact, Trait("Category", "Heavy")]
    public Task Twenty_thousand_hostile_requests_do_no_harm() => Run(20_000);

    private async Task Run(int count)
    {
        var seed = FuzzChance.Seed;
        output.WriteLine($"LEDGER_TEST_SEED={seed}");
        await using var world = await FuzzWorld.Make();
        await using var database = NpgsqlDataSource.Create(world.App.ConnectionString);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        });
        var maker = new RequestMaker(world.Document, world, new(seed));
        var tally = new FuzzTally();
        var footprint = new Footprint(database);
        var before = await footprint.Take();
        for (var i = 0; i < count && tally.Faults.Count < FaultsMax; i++)
        {
            var request = maker.Next();
            var started = Stopwatch.GetTimestamp();
            using var message = request.ToMessage(world.App.Address);
            using var response = await http.SendAsync(message);
            var answer = await FuzzAnswer.Of(response);
            var fault = Verdict.Of(request.Method, world.Callers.Single(one => one.Name == request.Caller), answer);
            if (request.Method is not ("GET" or "HEAD") || answer.Status >= 400)
            {
                var after = await footprint.Take();
                if (answer.Status is >= 400 and < 500 && Footprint.Changed(before, after, answer.Status) is { } changed) fault ??= $"Refused with {answer.Status}, but {changed} changed.";
                before = after;
            }

            tally.Add(request, answer, fault, Stopwatch.GetElapsedTime(started));
        }

        output.WriteLine(tally.ToString());
        tally.Faults.ShouldBeEmpty($"LEDGER_TEST_SEED={seed}");
        tally.IsEveryOneAsked(maker.Operations).ShouldBeTrue();
        tally.Accepted.ShouldBeGreaterThan(count / 25, "Hardly anything got past the first look.");
        tally.OfKestrel.ShouldBeLessThan(count / 50, "Kestrel itself refused too much of it.");
        foreach (var caller in world.Callers.Where(one => one.Bearer is not null))
            (await world.App.With(caller.Bearer!).Get(caller.Name == "customer" ? "/customers/me" : "/customers")).Status.ShouldBeOneOf(200, 429);
    }
}
