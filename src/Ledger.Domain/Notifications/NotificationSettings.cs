using System.Collections.Immutable;

namespace Ledger.Domain.Notifications;

/// <summary>How a tenant writes to people, as it is now; before anything was changed, as is usual.</summary>
/// <param name="Templates">The tenant's own wordings, by the ids of their keys.</param>
public sealed record NotificationSettings(
    string? SenderName, string? ReplyTo, ImmutableDictionary<NotificationType, NotificationRule> Rules,
    ImmutableDictionary<Guid, OwnTemplate> Templates) : IState<NotificationSettings, NotificationSettingsEvent>
{
    public static NotificationSettings Initial { get; } = new(
        null, null, ImmutableDictionary<NotificationType, NotificationRule>.Empty, ImmutableDictionary<Guid, OwnTemplate>.Empty);

    public NotificationRule RuleOf(NotificationType type) => Rules.GetValueOrDefault(type, NotificationRule.Usual);

    /// <summary>The tenant's own wording, whether or not it is in use; null where it has none.</summary>
    public OwnTemplate? OwnOf(MessageTemplateKey key) => Templates.GetValueOrDefault(key.Id);

    /// <summary>The tenant's own wording, where it is in use; else the built-in one.</summary>
    public MessageText TextOf(MessageTemplateKey key) =>
        OwnOf(key) is { IsActive: true } own ? own.Content : BuiltInTemplates.Of(key);

    public static NotificationSettings Evolve(NotificationSettings state, NotificationSettingsEvent @event) => @event switch
    {
        NotificationEventConfigured one => state with { Rules = state.Rules.SetItem(one.Type, new(one.IsEnabled, one.Channels)) },
        NotificationSenderChanged one => state with { SenderName = one.SenderName, ReplyTo = one.ReplyTo },
        MessageTemplateCreated one => state with { Templates = state.Templates.SetItem(new MessageTemplateKey(one.Type, one.Language, one.Channel).Id, new(one.Content, IsActive: true)) },
        MessageTemplateChanged one => state with { Templates = state.Templates.SetItem(new MessageTemplateKey(one.Type, one.Language, one.Channel).Id, new(one.Content, one.IsActive)) },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Whether a type is sent, and by which channels.</summary>
public sealed record NotificationRule(bool IsEnabled, IReadOnlyList<NotificationChannel> Channels)
{
    public static NotificationRule Usual { get; } = new(IsEnabled: true, [NotificationChannel.Mail]);

    /// <summary>By which it is sent now.</summary>
    public IReadOnlyList<NotificationChannel> Ways => IsEnabled ? Channels : [];

    public bool IsSame(NotificationRule other) => IsEnabled == other.IsEnabled && Channels.SequenceEqual(other.Channels);
}

public sealed record OwnTemplate(MessageText Content, bool IsActive);

/// <summary>Every "no" about messages.</summary>
public static class NotificationRejections
{
    public static readonly Rejection EventNotFound = new("notification_event_not_found", RejectionKind.NotFound, "No type of notification has this id.");

    public static readonly Rejection TemplateNotFound = new("message_template_not_found", RejectionKind.NotFound, "No template has this id.");

    public static readonly Rejection TemplateExists = new(
        "message_template_exists", RejectionKind.Conflict, "There is a template of this type, language and channel. Change that one.");

    public static readonly Rejection DataMissing = new("notification_data_missing", RejectionKind.Unprocessable, "The type needs data that was not given.");

    public static readonly Rejection NotOptional = new(
        "notification_not_optional", RejectionKind.Unprocessable, "Nobody goes without this type: it tells of money that is owed or was paid, or was asked for.");
}
