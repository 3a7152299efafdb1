using System.Text.Json.Nodes;

namespace Ledger.Decisions;

/// <summary>GroupCommit the JSON of an older shape of an event into that of the next one. Pure; what it cannot know it leaves out.</summary>
public interface IUpcaster
{
    /// <summary>The name in the log of the shape it reads.</summary>
    string From { get; }

    /// <summary>The name of the shape it gives.</summary>
    string To { get; }

    JsonObject Upcast(JsonObject stored);
}
