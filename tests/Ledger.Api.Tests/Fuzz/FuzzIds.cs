namespace Ledger.Api.Tests.Fuzz;

/// <summary>The ids that requests are made with: of things that there are, one's own and others', and of none.</summary>
/// <param name="own">By the name of what they are the id of, such as <c>customer_id</c>.</param>
/// <param name="foreign">Of another tenant, and of another customer.</param>
internal sealed class FuzzIds(IReadOnlyDictionary<string, string> own, IReadOnlyList<IReadOnlyDictionary<string, string>> foreign)
{
    public string One(string name, FuzzChance chance) => chance.Int(0, 9) switch
    {
        < 6 when own.TryGetValue(name, out var id) => id,
        < 6 => chance.One([.. own.Values]),
        _ => Other(name, chance),
    };

    /// <summary>One that is not the caller's.</summary>
    public string Other(string name, FuzzChance chance)
    {
        if (chance.Is(20)) return Guid.NewGuid().ToString();
        var theirs = chance.One(foreign);
        return theirs.TryGetValue(name, out var id) ? id : chance.One([.. theirs.Values]);
    }
}
