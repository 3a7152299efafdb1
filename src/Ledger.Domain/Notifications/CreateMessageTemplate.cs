namespace Ledger.Domain.Notifications;

/// <summary>Have a wording of one's own in place of a built-in one. The same again changes nothing.</summary>
/// <remarks>Refuses with <c>message_template_exists</c>.</remarks>
public sealed record CreateMessageTemplate(NotificationSettingsId Id, MessageTemplateKey Key, MessageText Content)
    : ICommand<NotificationSettings, NotificationSettingsEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<NotificationSettingsEvent> Decide(NotificationSettings state) => state.OwnOf(Key) switch
    {
        null => [new MessageTemplateCreated(Id, Key.Type, Key.Language, Key.Channel, Content)],
        { IsActive: true } known when known.Content == Content => [],
        _ => NotificationRejections.TemplateExists,
    };
}
