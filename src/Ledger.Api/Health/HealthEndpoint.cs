using System.Diagnostics;
using Ledger.Application.Brokers;
using Ledger.EventStore.Database;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Npgsql;

namespace Ledger.Api.Health;

internal static class HealthEndpoint
{
    private static readonly long Started = Stopwatch.GetTimestamp();

    public static void MapHealth(this IEndpointRouteBuilder api) => api
        .MapGet("/health", Get).Is("getHealth", "Whether Ledger can serve, and how far each view is behind the log.", Who.Public)
        .WithTags("Health").Produces<HealthResponse>().Produces<HealthResponse>(503);

    private const string Full = "The disk of the database is full. Make room: nothing can be written until then.";

    private static string Reason(Exception e) => (e as PostgresException)?.SqlState switch
    {
        DiskFaults.State => Full,
        "57P03" => "The database is starting, or recovering after a crash.",
        "57P01" or "57P02" => "The database is being shut down.",
        "53300" => "The database has no connection left.",
        "28P01" or "28000" => "The database refuses the user or the password of LEDGER_DATABASE.",
        "3D000" => "The database of LEDGER_DATABASE does not exist.",
        { } state => $"The database refuses, with SQLSTATE {state}.",
        null => "The database does not answer.",
    };

    private static string? Unguarded(IReadOnlyList<string> missing) => missing.Count == 0 ? null
        : $"The database lacks {missing[0]}{(missing.Count == 1 ? "" : $", and {missing.Count - 1} more of its guards")}. Run `ledger migrate`.";

    private static async Task<IResult> Get(EventFeed feed, ViewTables tables, ViewRunner runner, BrokerPlace broker, DiskFaults disk, Guards guards, IClock clock,
        CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        DatabaseCheck database;
        IReadOnlyDictionary<string, ViewCheck>? views = null;
        BrokerCheck? handedOn = null;
        try
        {
            var head = await feed.Head(ct).WaitAsync(TimeSpan.FromSeconds(3), ct);
            var fault = disk.IsFull ? Full : Unguarded(await guards.Missing(ct));
            database = new(fault is null ? "ok" : "error", watch.ElapsedMilliseconds, fault);
            views = (await tables.Active(ct)).Values.OrderBy(view => view.Name, StringComparer.Ordinal).ToDictionary(
                view => view.Name, view => new ViewCheck(runner.Stopped.ContainsKey(view.Name) ? "stopped" : "ok", Math.Max(0, head - view.Position)));
            if (broker.IsOn) handedOn = new(broker.Fault is null ? "ok" : "away", Math.Max(0, head - await broker.Read(ct)), broker.Fault);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException)
        {
            database = new("error", watch.ElapsedMilliseconds, Reason(e));
        }

        var healthy = database.Status == "ok";
        var answer = new HealthResponse(
            healthy ? "healthy" : "unhealthy", clock.GetCurrentInstant().ToMicroseconds(), new(database, new("ok"), views, handedOn),
            watch.ElapsedMilliseconds, (long)Stopwatch.GetElapsedTime(Started).TotalSeconds);
        return TypedResults.Json(answer, LedgerJson.Options, statusCode: healthy ? 200 : 503);
    }
}

/// <param name="ResponseTime">Milliseconds.</param>
/// <param name="Uptime">Seconds since this process began.</param>
public sealed record HealthResponse(string Status, Instant Timestamp, HealthChecks Checks, long ResponseTime, long Uptime);

public sealed record HealthChecks(DatabaseCheck Database, ServiceCheck Service, IReadOnlyDictionary<string, ViewCheck>? Views, BrokerCheck? Broker);

/// <param name="Duration">Milliseconds.</param>
public sealed record DatabaseCheck(string Status, long Duration, string? Message = null);

public sealed record ServiceCheck(string Status);

/// <param name="Lag">How many events of the log the view has not seen.</param>
public sealed record ViewCheck(string Status, long Lag);

/// <summary>How far the broker has been handed the feed; absent where there is none.</summary>
/// <param name="Status">Of this process: <c>ok</c>, or <c>away</c> where it last failed to hand on.</param>
/// <param name="Lag">How many events of the log the broker may not have been handed yet: up to 1000 of which nothing is told.</param>
/// <param name="Message">Why it is away.</param>
public sealed record BrokerCheck(string Status, long Lag, string? Message = null);
