using Ledger.EventStore.Audit;

namespace Ledger.Api.Audit;

/// <summary>What the trail is narrowed by, for the log and for what is beside it.</summary>
/// <param name="Events">Null when no event can fit.</param>
/// <param name="Access">Null when no record of access can.</param>
internal sealed record TrailFilter(EventsWanted? Events, AccessWanted? Access);

/// <summary>Reads the filter of the trail from a query.</summary>
internal sealed class TrailFilters(EventSearch search, EndpointDataSource endpoints)
{
    private static readonly LocalDate FirstDay = new(1970, 1, 1), LastDay = new(9000, 1, 1);

    private readonly Lazy<HashSet<string>> operations = new(() => [.. endpoints.Endpoints.Select(AuditedRequest.OperationOf).OfType<string>()]);

    private readonly Lazy<HashSet<string>> resourceTypes = new(() => [.. EventActions.ResourceTypes,
        .. endpoints.Endpoints.OfType<RouteEndpoint>().SelectMany(one => one.RoutePattern.Parameters).Select(one => AuditedRequest.ResourceTypeOf(one.Name)).OfType<string>()]);

    /// <exception cref="ProblemException">A filter is not of its kind.</exception>
    public async Task<TrailFilter> Read(HttpContext http, Call call, CancellationToken ct)
    {
        var resourceType = Known(http, "resource_type", resourceTypes.Value.Contains);
        var action = Known(http, "action", one => IsAction(one) || one is "read" or "attempt" || AuditEntry.IsIdentity(one) || EventActions.Events.Contains(one) || operations.Value.Contains(one));
        var status = Known(http, "status", one => one is "success" or "failure");
        var resource = Filter.Id(http, "resource_id");
        var actors = Filter.Text(http, "actor") is { } actor ? Actor.NamesOf(actor) : null;
        var (from, to) = (Start(Filter.Date(http, "from_date"), 0, call), Start(Filter.Date(http, "to_date"), 1, call));

        var types = action is null && resourceType is null ? null
            : action is not null && !IsAction(action) ? [.. EventActions.Where(resourceType, null).Where(one => one == action)]
            : EventActions.Where(resourceType, action is null ? null : Enum.Parse<AuditAction>(action, ignoreCase: true));
        var noEvents = status == "failure" || types is { Count: 0 };
        var events = noEvents ? null : new EventsWanted(
            resource, types, actors, from is { } begin ? await search.PositionBefore(call.Tenant, begin, ct) : 0,
            to is { } end ? new(await search.PositionBefore(call.Tenant, end, ct) + 1, long.MaxValue) : EventPlace.End);

        var noAccess = action is not null && (IsAction(action) || EventActions.Events.Contains(action));
        var access = noAccess ? null : new AccessWanted(
            resourceType, resource?.ToString(), actors, action is null or "read" or "attempt" ? null : action,
            action switch { "read" => true, "attempt" => false, _ => null }, status switch { "failure" => true, "success" => false, _ => null },
            from is { } first ? TimedId.FirstAt(first) : Guid.Empty, to is { } last ? TimedId.FirstAt(last) : Guid.AllBitsSet,
            action is "attempt" ? AuditEntry.Identities : null);
        return new(events, access);
    }

    private static bool IsAction(string word) => word is "create" or "update" or "delete";

    private static string? Known(HttpContext http, string name, Func<string, bool> isKnown)
    {
        if (Filter.Text(http, name) is not { } text) return null;
        Check.That(isKnown(text), name, "unknown_value", "No entry of the trail can have it.").OrRefuse();
        return text;
    }

    /// <summary>The first moment of a day of the tenant, or of one some days later; null where the log cannot reach.</summary>
    private static Instant? Start(LocalDate? day, int later, Call call) => day is not { } date || date > LastDay ? null
        : BusinessTime.StartOf(LocalDate.Max(date, FirstDay).PlusDays(later), call.Caller.Tenant.Zone);
}
