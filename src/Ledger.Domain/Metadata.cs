namespace Ledger.Domain;

/// <summary>What every object carries for its owner's own use.</summary>
public static class Metadata
{
    public const int KeysMax = 50, KeyLengthMax = 40, ValueLengthMax = 500;
    public const int ExternalIdLengthMax = 200;

    /// <summary>True when both say the same, whatever the order.</summary>
    public static bool Same(IReadOnlyDictionary<string, string>? a, IReadOnlyDictionary<string, string>? b) =>
        (a?.Count ?? 0) == (b?.Count ?? 0) && (a is null || a.All(pair => b!.TryGetValue(pair.Key, out var other) && other == pair.Value));
}
