using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Ledger.Torture.Checks;

/// <summary>A subscription followed through its events, with a calendar of its own: what should have been billed?</summary>
/// <remarks>Shares no code with the domain on purpose: a fault of the domain's should not hide itself.</remarks>
internal sealed class WalkedSubscription(string id)
{
    private string status = "pending";
    private bool wasOnHold;
    private Period every = Period.Zero;
    private LocalDate? anchor, until, endsOn, expiresOn;

    public List<string> Findings { get; } = [];

    private LocalDate? Next => anchor is { } first ? until is { } end && end > first ? end : first : null;

    public void Walk(string type, JsonNode data)
    {
        switch (type)
        {
            case "subscription_created_v2": every = Every((string)data["frequency"]!); break;
            case "subscription_items_replaced": break;
            case "subscription_activated": (status, anchor) = ("active", Date(data["anchor"])); break;
            case "subscription_billed": Bill(Date(data["period"]!["from"])!.Value, Date(data["period"]!["until"])!.Value); break;
            case "subscription_paused": Become("on_hold", type, "active"); break;
            case "subscription_resumed": Resume(Date(data["on"])!.Value, Date(data["anchor"])); break;
            case "subscription_past_due":
                wasOnHold = status == "on_hold";
                Become("past_due", type, "active", "on_hold");
                expiresOn = Date(data["expires_on"]);
                break;
            case "subscription_errored": Become("error", type, "past_due"); break;
            case "subscription_recovered": Become(wasOnHold ? "on_hold" : "active", type, "past_due", "error"); break;
            case "subscription_expired": Become("expired", type, "past_due", "error"); break;
            case "subscription_cancel_scheduled": endsOn = Date(data["ends_on"]); break;
            case "subscription_cancelled": Become("cancelled", type, "pending", "active", "on_hold", "past_due", "error"); break;
            default: Findings.Add($"{id}: {type} was not expected"); break;
        }
    }

    /// <summary>After the last event, with nothing left to do on this day.</summary>
    public void End(LocalDate today)
    {
        if (status is "active" or "on_hold" or "past_due" or "error" && endsOn <= today) Findings.Add($"{id} was to end on {endsOn:R}, and is {status}");
        if (status is "past_due" or "error" && expiresOn <= today) Findings.Add($"{id} was to expire on {expiresOn:R}, and is {status}");
        if (status is "active" && Next <= today) Findings.Add($"{id} has no invoice for the period from {Next:R}; it is {today:R}");
    }

    private void Bill(LocalDate from, LocalDate to)
    {
        if (status is not "active") Findings.Add($"{id} was billed while {status}: {from:R}/{to:R}");
        if (from != Next) Findings.Add($"{id} was billed {from:R}/{to:R}; the next period was from {Next:R}");
        if (anchor is { } first && to != After(first, from)) Findings.Add($"{id} was billed {from:R}/{to:R}; the period ends on {After(first, from):R}");
        until = to;
    }

    private void Resume(LocalDate on, LocalDate? newAnchor)
    {
        Become("active", "subscription_resumed", "on_hold");
        var expected = (until ?? anchor) < on ? on : (LocalDate?)null;
        if (newAnchor != expected) Findings.Add($"{id} was resumed on {on:R} from {newAnchor:R}; expected was {expected:R}");
        anchor = newAnchor ?? anchor;
    }

    private void Become(string next, string by, params string[] from)
    {
        if (!from.Contains(status)) Findings.Add($"{id}: {by} while {status}");
        status = next;
    }

    /// <summary>The first date counted from the anchor that is after this one.</summary>
    private LocalDate After(LocalDate first, LocalDate date)
    {
        var next = first;
        for (var count = 1; next <= date; count++)
            next = first.PlusDays(every.Days * count).PlusWeeks(every.Weeks * count).PlusMonths(every.Months * count).PlusYears(every.Years * count);
        return next;
    }

    private static Period Every(string frequency) => frequency switch
    {
        "weekly" => Period.FromWeeks(1), "every_2_weeks" => Period.FromWeeks(2), "monthly" => Period.FromMonths(1),
        "quarterly" => Period.FromMonths(3), "yearly" => Period.FromYears(1),
        _ => throw new ArgumentException($"{frequency} is not asked for here.", nameof(frequency)),
    };

    private static LocalDate? Date(JsonNode? text) => text is null ? null : LocalDatePattern.Iso.Parse((string)text!).Value;
}
