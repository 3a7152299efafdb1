using System.Text.Json;
using Ledger.Decisions;
using Ledger.Decisions.Json;

namespace Ledger.Testing;

/// <summary>Events as text, so that two with equal lists are equal and a difference can be read.</summary>
public static class EventText
{
    public static string Of(IEvent happened) =>
        $"{happened.GetType().Name} {JsonSerializer.Serialize(happened, happened.GetType(), LedgerJson.Options)}";

    public static string[] Of(IEnumerable<IEvent> happened) => [.. happened.Select(Of)];
}
