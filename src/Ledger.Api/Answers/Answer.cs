using System.Text.Json;

namespace Ledger.Api.Answers;

/// <summary>What is answered to a command, and kept for its repeats.</summary>
/// <param name="Body">Null for none.</param>
/// <param name="Version">Of the thing, for <c>ETag</c>; null for none.</param>
public sealed record Answer(int Status, object? Body, long? Version = null, string? Location = null)
{
    public static Answer Ok(object body, long version) => new(200, body, version);

    public static Answer Created(string location, object body, long version) => new(201, body, version, location);

    public static Answer Accepted(string location, object body) => new(202, body, Location: location);

    public static Answer NoContent { get; } = new(204, null);

    /// <summary>As it is kept: status, location, version and body, each as it was given.</summary>
    internal StoredAnswer ToStored() => new(Status, JsonSerializer.SerializeToUtf8Bytes(
        new Kept(Location, Version, Body is Problem, Body is null ? null : JsonSerializer.SerializeToElement(Body, Body.GetType(), LedgerJson.Options)),
        LedgerJson.Options));

    internal static (Answer Answer, bool IsProblem) FromStored(StoredAnswer stored)
    {
        var kept = JsonSerializer.Deserialize<Kept>(stored.Body, LedgerJson.Options)!;
        return (new(stored.Status, kept.Body, kept.Version, kept.Location), kept.IsProblem);
    }

    private sealed record Kept(string? Location, long? Version, bool IsProblem, JsonElement? Body);
}
