using System.Text.Json.Nodes;

namespace Ledger.Domain.Subscriptions;

/// <summary>The first shape said how many months a period has; every other frequency came with the second.</summary>
public sealed class SubscriptionCreatedUpcaster : IUpcaster
{
    public string From => "subscription_created";

    public string To => "subscription_created_v2";

    public JsonObject Upcast(JsonObject stored)
    {
        var months = stored["interval_months"]!.GetValue<int>();
        _ = stored.Remove("interval_months");
        stored["frequency"] = months == 3 ? Frequency.Quarterly.ToString() : new Frequency(months, FrequencyUnit.Month).ToString();
        return stored;
    }
}
