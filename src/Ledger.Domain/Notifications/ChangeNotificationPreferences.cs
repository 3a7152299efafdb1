using Ledger.Domain.Customers;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Notifications;

/// <summary>Say what a customer wants to hear; what is null stays. The same again changes nothing.</summary>
/// <param name="OptedOut">All that the customer goes without from now on.</param>
/// <param name="UsesTenantLanguage">Whether the customer has no language of their own from now on.</param>
/// <remarks>Refuses with <c>customer_not_found</c>, <c>notification_not_optional</c>.</remarks>
public sealed record ChangeNotificationPreferences(
    CustomerId CustomerId, IReadOnlyList<NotificationType>? OptedOut, bool? NoSms, DocumentLanguage? Language, bool UsesTenantLanguage = false) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (OptedOut?.FirstOrDefault(type => !NotificationKind.Of(type).IsOptional, (NotificationType)(-1)) is { } type && (int)type >= 0)
            return NotificationRejections.NotOptional;

        var id = NotificationPreferencesId.Of(CustomerId);
        var before = await states.Of<NotificationPreferences, NotificationPreferencesEvent>(id.Stream);
        var after = new NotificationPreferencesChanged(
            id, CustomerId, OptedOut is null ? before.OptedOut : [.. OptedOut.Distinct().Order()], NoSms ?? before.NoSms,
            UsesTenantLanguage ? null : Language ?? before.Language);
        var isSame = after.OptedOut.SequenceEqual(before.OptedOut) && after.NoSms == before.NoSms && after.Language == before.Language;
        return isSame ? JointDecision.Nothing : new JointDecision().Append(id.Stream, after);
    }
}
