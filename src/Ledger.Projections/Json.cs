namespace Ledger.Projections;

/// <summary>What a view keeps as JSON.</summary>
public static class Json
{
    public static string? Of<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, LedgerJson.Options);

    public static T? To<T>(string? json) where T : class => json is null ? null : JsonSerializer.Deserialize<T>(json, LedgerJson.Options);
}
