using Ledger.Domain.Customers;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Notifications;

/// <summary>What can happen to how a tenant writes to people. Stored forever: add cases, never edit them.</summary>
public abstract record NotificationSettingsEvent : IEvent
{
    private protected NotificationSettingsEvent() { }
}

/// <param name="Channels">By which it is sent; none while it is not enabled.</param>
public sealed record NotificationEventConfigured(
    NotificationSettingsId Id, NotificationType Type, bool IsEnabled, IReadOnlyList<NotificationChannel> Channels) : NotificationSettingsEvent;

/// <param name="SenderName">Null for the tenant's name.</param>
/// <param name="ReplyTo">Where answers go; null for where mail comes from.</param>
public sealed record NotificationSenderChanged(NotificationSettingsId Id, string? SenderName, string? ReplyTo) : NotificationSettingsEvent;

/// <summary>The tenant has a wording of its own, in place of the built-in one.</summary>
public sealed record MessageTemplateCreated(
    NotificationSettingsId Id, NotificationType Type, DocumentLanguage Language, NotificationChannel Channel, MessageText Content) : NotificationSettingsEvent;

/// <param name="IsActive">False for the built-in wording again.</param>
public sealed record MessageTemplateChanged(
    NotificationSettingsId Id, NotificationType Type, DocumentLanguage Language, NotificationChannel Channel, MessageText Content, bool IsActive)
    : NotificationSettingsEvent;

/// <summary>What can happen to what a customer wants to hear. Stored forever: add cases, never edit them.</summary>
public abstract record NotificationPreferencesEvent : IEvent
{
    private protected NotificationPreferencesEvent() { }
}

/// <summary>All that is wanted from now on, changed or not.</summary>
/// <param name="OptedOut">What the customer goes without.</param>
/// <param name="NoSms">Whether nothing is sent to a telephone.</param>
/// <param name="Language">Null for the tenant's.</param>
public sealed record NotificationPreferencesChanged(
    NotificationPreferencesId Id, CustomerId CustomerId, IReadOnlyList<NotificationType> OptedOut, bool NoSms, DocumentLanguage? Language) : NotificationPreferencesEvent;

/// <summary>What can happen to a message that was asked for. Stored forever: add cases, never edit them.</summary>
/// <remarks>Whether it was sent is no billing fact, and stands beside the log.</remarks>
public abstract record NotificationEvent : IEvent
{
    private protected NotificationEvent() { }
}

/// <param name="SubjectId">The invoice, payment, subscription, payment method or booking that it is about; null where it is about none.</param>
/// <param name="Words">What else is filled in, sealed under the customer's key; null for nothing.</param>
public sealed record NotificationQueued(
    NotificationId Id, NotificationType Type, CustomerId CustomerId, Guid? SubjectId = null, Personal<NotificationWords>? Words = null) : NotificationEvent;

/// <summary>Somebody wants to see a template as it arrives.</summary>
/// <param name="Message">Sealed under the tenant's own key.</param>
public sealed record MessageTestRequested(NotificationId Id, NotificationType Type, NotificationChannel Channel, Personal<TestMessage> Message) : NotificationEvent;

/// <summary>Words by their placeholders.</summary>
public sealed record NotificationWords(IReadOnlyDictionary<string, string> Values);

/// <summary>A message as it is sent to try it.</summary>
public sealed record TestMessage(string To, MessageText Content);
