namespace Ledger.Domain.Notifications;

/// <summary>Change a wording; what is null stays. A built-in one that is changed becomes the tenant's own.</summary>
/// <param name="Html">An empty text for what is made of the text.</param>
/// <param name="IsActive">False for the built-in wording again.</param>
public sealed record ChangeMessageTemplate(
    NotificationSettingsId Id, MessageTemplateKey Key, string? Subject = null, string? Text = null, string? Html = null, bool? IsActive = null)
    : ICommand<NotificationSettings, NotificationSettingsEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<NotificationSettingsEvent> Decide(NotificationSettings state)
    {
        var known = state.OwnOf(Key);
        var before = known?.Content ?? BuiltInTemplates.Of(Key);
        var after = Of(before);
        var isActive = IsActive ?? known?.IsActive ?? after != before;
        return after == before && isActive == (known?.IsActive ?? false)
            ? []
            : [new MessageTemplateChanged(Id, Key.Type, Key.Language, Key.Channel, after, isActive)];
    }

    /// <summary>The wording that comes of it.</summary>
    public MessageText Of(MessageText before) => new(Subject ?? before.Subject, Text ?? before.Text, Html is null ? before.Html : Html.Length == 0 ? null : Html);
}
