using System.Text.Json.Nodes;

namespace Ledger.Torture.Load;

/// <summary>A request that was answered for good, so that whoever sent it relies on it.</summary>
/// <param name="Tries">How often it was sent until it was answered.</param>
internal sealed record Acknowledged(string What, string Path, object? Body, string Key, int Status, JsonNode? Json, int Tries)
{
    public bool IsDone => Status is >= 200 and < 300;

    public string Id => (string)Json!["id"]!;

    public string? Code => (string?)Json?["code"];

    public override string ToString() => $"{What} (POST {Path}, key {Key}, answered {Status} after {Tries} tries)";
}
