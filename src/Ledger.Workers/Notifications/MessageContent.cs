using Ledger.Application.Customers;
using Ledger.Application.Documents;
using Ledger.Application.Notifications;
using Ledger.Application.Tenancy;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Notifications;
using Ledger.Domain.People;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Post;
using Ledger.Identity.Sessions;

namespace Ledger.Workers.Notifications;

/// <summary>A message with all that is personal, made at the moment when it is sent and kept nowhere.</summary>
/// <param name="Skipped">Why there is none, as a code; null where there is one.</param>
/// <param name="IsKept">Whether it stays here, as a file: it is for somebody outside, of a tenant that does not write to them.</param>
internal sealed record MadeMessage(PostMessage? Message, string? Skipped = null, bool IsKept = false);

/// <summary>Writes messages: whom they are for, in which words, with which papers.</summary>
public sealed class MessageContent(
    StateReader states, Tenants tenants, CustomerSealing sealing, PersonalKeys keys, MessageValues values, Papers papers, PendingAddresses pending, IClock clock)
{
    private readonly Kept<string, bool> strangers = new(10_000, Duration.FromSeconds(2));

    internal async Task<MadeMessage> Of(TakenNotification message, CancellationToken ct)
    {
        if (await tenants.Find(message.Tenant, ct) is not { } tenant) return new(null, "tenant_not_found");
        var settings = await states.Of<NotificationSettings, NotificationSettingsEvent>(message.Tenant, NotificationSettingsId.Of(tenant.Id).Stream, ct);
        var made = message.Customer is { } customer ? await ToCustomer(message, tenant, settings, customer, ct)
            : message.User is { } user ? await ToUser(message, tenant, settings, user, ct)
            : await Test(message, ct);
        return made.Message is not { } post ? made : made with
        {
            IsKept = await StaysHere(tenant, message, ct),
            Message = post with
            {
                SenderName = settings.SenderName ?? tenant.Name, ReplyTo = settings.ReplyTo, MayBeSent = message.MayBeSent, Since = message.CreatedAt.ToDateTimeOffset(),
            },
        };
    }

    /// <summary>A sandbox writes to nobody outside; nor does a tenant whose merchant has not shown who they are.</summary>
    private async ValueTask<bool> StaysHere(Tenant.Known tenant, TakenNotification message, CancellationToken ct) =>
        (tenant.Mode is TenantMode.Sandbox && message.Customer is not null)
        || await strangers.Get(message.Tenant, clock.GetCurrentInstant(), name => pending.HasUser(name, CancellationToken.None), ct);

    private async Task<MadeMessage> ToCustomer(TakenNotification message, Tenant.Known tenant, NotificationSettings settings, CustomerId id, CancellationToken ct)
    {
        if (await states.Of<Customer, CustomerEvent>(message.Tenant, id.Stream, ct) is not Customer.Known customer) return new(null, "customer_deleted");
        var details = await sealing.Open(message.Tenant, id, customer.Details, ct);
        var to = message.Channel is NotificationChannel.Mail ? details.Email : TelephoneNumbers.Normal(details.PhoneNumber, tenant.Zone);
        if (string.IsNullOrWhiteSpace(to)) return new(null, "no_address");
        var preferences = await states.Of<NotificationPreferences, NotificationPreferencesEvent>(message.Tenant, NotificationPreferencesId.Of(id).Stream, ct);
        if (!preferences.Wants(message.Type, message.Channel)) return new(null, "opted_out");
        var language = preferences.Language ?? tenant.Documents.Language;
        var filled = await values.Of(message, tenant, language, ct);
        filled["tenant_name"] = tenant.Name;
        filled["customer_name"] = details.FullName ?? details.CompanyName ?? customer.CustomerHandle;
        filled["customer_handle"] = customer.CustomerHandle;
        var post = Post(message, to, settings.TextOf(new(message.Type, language, message.Channel)).Filled(filled));
        return new(message.Channel is NotificationChannel.Mail ? post with { Attachments = await Attached(message, tenant, ct) } : post);
    }

    private async Task<MadeMessage> ToUser(TakenNotification message, Tenant.Known tenant, NotificationSettings settings, UserId id, CancellationToken ct)
    {
        if (await states.Of<User, UserEvent>(message.Tenant, id.Stream, ct) is not User.Active user || await keys.Find(message.Tenant, id.Value, ct) is not { } key)
            return new(null, "user_deactivated");
        var language = tenant.Documents.Language;
        var filled = await values.Of(message, tenant, language, ct);
        var details = key.Open(user.Details);
        (filled["tenant_name"], filled["customer_name"]) = (tenant.Name, details.Name ?? "");
        return new(Post(message, details.Email, settings.TextOf(new(message.Type, language, message.Channel)).Filled(filled)));
    }

    private async Task<MadeMessage> Test(TakenNotification message, CancellationToken ct)
    {
        if (message.Facts.NotificationId is not { } id || await states.Of<Notification, NotificationEvent>(message.Tenant, id.Stream, ct) is not Notification.Test test)
            return new(null, "not_asked_for");
        var (to, content) = (await keys.TenantKey(message.Tenant, ct)).Open(test.Asked.Message);
        return new(Post(message, to, content));
    }

    private static PostMessage Post(TakenNotification message, string to, MessageText text) => new(message.Id, to.Trim(), text.Subject ?? "", text.Text)
    {
        Html = message.Channel is NotificationChannel.Sms ? null : text.Html ?? MessageText.AsHtml(text.Text),
    };

    private async Task<IReadOnlyList<PostAttachment>> Attached(TakenNotification message, Tenant.Known tenant, CancellationToken ct)
    {
        switch (message.Type)
        {
            case NotificationType.InvoiceCreated when message.Facts.InvoiceId is { } id && await papers.Invoice(tenant, id, ct) is { } invoice:
                var number = await states.Of<Invoice, InvoiceEvent>(message.Tenant, id.Stream, ct) is Invoice.Known known ? InvoiceNumbers.Of(known.Number) : id.Value.ToString("N");
                return [new($"{number}.pdf", "application/pdf", invoice)];
            case NotificationType.PaymentReceipt when message.Facts.PaymentId is { } id
                && await states.Of<Payment, PaymentEvent>(message.Tenant, id.Stream, ct) is Payment.Known { IsPaid: true } payment:
                return [new($"receipt-{id.Value:N}.pdf", "application/pdf", await papers.Receipt(tenant, payment, ct))];
            default:
                return [];
        }
    }
}
