using Ledger.Application.Notifications;
using Ledger.Domain.Customers;
using Ledger.Domain.Notifications;
using Ledger.Domain.People;

namespace Ledger.Workers.Notifications;

/// <summary>Who is written of an event, and by which channels: as the tenant and the customer want it now.</summary>
public sealed class NotificationAudience(EventFeed feed, StateReader states, LedgerDatabase database)
{
    /// <summary>What follows from these events, in their order.</summary>
    internal async Task<List<NewNotification>> Of(List<StoredEvent> page, CancellationToken ct)
    {
        var told = page.Where(one => Notifying.Types.Contains(one.Event.GetType())).ToList();
        if (told.Count == 0) return [];
        var settings = await Settings(told, ct);
        var histories = await feed.Histories([.. told.Where(one => !Notifying.IsWhole(one.Event)).Select(one => (one.Tenant, one.Stream.Id)).Distinct()], ct);
        var wanted = new List<(StoredEvent Stored, WantedNotification Wanted)>();
        foreach (var one in told)
        {
            var history = histories.TryGetValue((one.Tenant, one.Stream.Id), out var all) ? all.GetRange(0, (int)one.Version) : [one.Event];
            if (Notifying.Of(one.Event, history) is { } some && (some.IsAsked || settings[one.Tenant].RuleOf(some.Type).Ways.Count > 0)) wanted.Add((one, some));
        }

        var customers = wanted.Where(one => one.Wanted.CustomerId is not null).Select(one => (one.Stored.Tenant, one.Wanted.CustomerId!.Value)).Distinct().ToList();
        var known = await feed.Histories([.. customers.SelectMany(one => new[] { (one.Tenant, one.Value.Value), (one.Tenant, NotificationPreferencesId.Of(one.Value).Value) })], ct);
        var messages = new List<NewNotification>();
        foreach (var (stored, one) in wanted)
        {
            var rule = one.Facts.Channel is { } only ? new(IsEnabled: true, [only]) : settings[stored.Tenant].RuleOf(one.Type);
            messages.AddRange(one.CustomerId is { } customer ? ToCustomer(stored, one, rule, customer, known)
                : one.IsAsked ? rule.Ways.Select(way => NewNotification.Of(stored.Tenant, one, way, stored.Id, stored.Headers.EffectiveAt))
                : await ToAdmins(stored, one, rule, ct));
        }

        return messages;
    }

    /// <summary>The same for what is not in the log: each with an id that stays.</summary>
    internal async Task<List<NewNotification>> Of(string tenant, IReadOnlyList<(Guid Happened, WantedNotification Wanted)> all, Instant at, CancellationToken ct)
    {
        var settings = await states.Of<NotificationSettings, NotificationSettingsEvent>(tenant, NotificationSettingsId.Of(new(Guid.Parse(tenant))).Stream, ct);
        var known = await feed.Histories([.. all.Select(one => one.Wanted.CustomerId!.Value).Distinct()
            .SelectMany(one => new[] { (tenant, one.Value), (tenant, NotificationPreferencesId.Of(one).Value) })], ct);
        return [.. all.SelectMany(one => ToCustomer(tenant, one.Happened, at, one.Wanted, settings.RuleOf(one.Wanted.Type), one.Wanted.CustomerId!.Value, known))];
    }

    private async Task<Dictionary<string, NotificationSettings>> Settings(List<StoredEvent> events, CancellationToken ct)
    {
        var found = new Dictionary<string, NotificationSettings>();
        foreach (var tenant in events.Select(one => one.Tenant).Distinct())
            found[tenant] = await states.Of<NotificationSettings, NotificationSettingsEvent>(tenant, NotificationSettingsId.Of(new(Guid.Parse(tenant))).Stream, ct);
        return found;
    }

    private static IEnumerable<NewNotification> ToCustomer(
        StoredEvent stored, WantedNotification wanted, NotificationRule rule, CustomerId customer, IReadOnlyDictionary<(string, Guid), List<IEvent>> known) =>
        ToCustomer(stored.Tenant, stored.Id, stored.Headers.EffectiveAt, wanted, rule, customer, known);

    private static IEnumerable<NewNotification> ToCustomer(
        string tenant, Guid happened, Instant at, WantedNotification wanted, NotificationRule rule, CustomerId customer,
        IReadOnlyDictionary<(string, Guid), List<IEvent>> known)
    {
        if (Fold<Customer, CustomerEvent>(customer.Value) is not Customer.Known one) yield break;
        if (wanted.Type is NotificationType.InvoiceCreated && !wanted.IsAsked && !one.AutoSendInvoices) yield break;
        var preferences = Fold<NotificationPreferences, NotificationPreferencesEvent>(NotificationPreferencesId.Of(customer).Value);
        if (wanted.IsAsked && rule.Ways.Count == 0)
            yield return NewNotification.Of(tenant, wanted, NotificationChannel.Mail, happened, at) with { Status = MessageStatus.Skipped, Reason = "not_enabled" };
        foreach (var way in rule.Ways)
        {
            // What cannot be sent to somebody without an address is no message, unless it was asked for.
            var hasAddress = way is NotificationChannel.Mail ? one.EmailToken is not null : one.Details is not null;
            if (!hasAddress && !wanted.IsAsked) continue;
            var message = NewNotification.Of(tenant, wanted, way, happened, at);
            yield return preferences.Wants(wanted.Type, way) ? message : message with { Status = MessageStatus.Skipped, Reason = "opted_out" };
        }

        TState Fold<TState, TEvent>(Guid stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
            known.TryGetValue((tenant, stream), out var history) ? history.Cast<TEvent>().Aggregate(TState.Initial, TState.Evolve) : TState.Initial;
    }

    private async Task<IEnumerable<NewNotification>> ToAdmins(StoredEvent stored, WantedNotification wanted, NotificationRule rule, CancellationToken ct)
    {
        if (!rule.Ways.Contains(NotificationChannel.Mail)) return [];
        var admins = await database.QueryAsTenant(
            stored.Tenant, "select id from views.users where tenant_id = $1 and is_active and role in ('admin', 'merchant') order by created_position limit 50",
            [stored.Tenant], row => new UserId(row.GetGuid(0)), ct);
        return admins.Select(one => NewNotification.Of(stored.Tenant, wanted, NotificationChannel.Mail, stored.Id, stored.Headers.EffectiveAt, one));
    }
}
