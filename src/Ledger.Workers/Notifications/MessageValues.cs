using System.Globalization;
using Ledger.Application.Documents;
using Ledger.Application.Notifications;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Notifications;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Webhooks;
using Ledger.EventStore.PersonalData;

namespace Ledger.Workers.Notifications;

/// <summary>What the places of a template are filled with, from the log as it is now.</summary>
public sealed class MessageValues(StateReader states, PersonalKeys keys)
{
    /// <summary>By placeholders; what is not known is left out.</summary>
    internal async Task<Dictionary<string, string>> Of(TakenNotification message, Tenant.Known tenant, DocumentLanguage language, CancellationToken ct)
    {
        var values = new Dictionary<string, string>();
        var facts = await Whole(message, values, ct);
        var name = tenant.Id.ToString();
        if (facts.InvoiceId is { } id && await states.Of<Invoice, InvoiceEvent>(name, id.Stream, ct) is Invoice.Known invoice) Add(invoice, message.Type, facts, language, values);
        if (facts.Amount is { } amount) values["amount"] = language.Of(amount);
        if (facts.On is { } on) values["paid_date"] = values["ends_on"] = language.Of(on);
        if (facts.PaymentId is { } payment) values["payment_reference"] = payment.Value.ToString("N");
        values["reason"] = FailureWords.Of(language, facts.Code);
        if (facts.Attempt is { } attempt) values["attempt"] = attempt.ToString(CultureInfo.InvariantCulture);
        if (facts.Points is { } points) values["points"] = language.Of(points);
        if (facts.PointsBalance is { } balance) values["points_balance"] = language.Of(balance);
        if (facts.Card is { } card)
        {
            (values["card_brand"], values["card_last4"]) = (card.Brand, card.Last4);
            values["card_expiry"] = string.Create(CultureInfo.InvariantCulture, $"{card.Month:00}/{card.Year}");
        }

        if (facts.BookingId is { } booking) await Add(name, booking, tenant, language, values, ct);
        if (facts.EndpointId is { } endpoint && await states.Of<WebhookEndpoint, WebhookEndpointEvent>(name, new WebhookEndpointId(endpoint).Stream, ct) is WebhookEndpoint.Known known)
            values["endpoint_url"] = known.Url.ToString();
        return values;
    }

    /// <summary>Of what was asked for by hand there are but ids: the rest is what the log says of them.</summary>
    private async Task<NotificationFacts> Whole(TakenNotification message, Dictionary<string, string> values, CancellationToken ct)
    {
        var facts = message.Facts;
        if (facts.NotificationId is not { } asked || message.Customer is not { } customer) return facts;
        if (await states.Of<Notification, NotificationEvent>(message.Tenant, asked.Stream, ct) is Notification.Queued { Asked.Words: { } words }
            && await keys.Find(message.Tenant, customer.Value, ct) is { } key)
        {
            foreach (var (name, value) in key.Open(words).Values) values[name] = value;
        }

        if (facts.PaymentId is { } id && await states.Of<Payment, PaymentEvent>(message.Tenant, id.Stream, ct) is Payment.Known payment)
        {
            facts = facts with { InvoiceId = payment.InvoiceId, Amount = payment.IsPaid ? payment.Captured : payment.Amount, On = payment.LastAttemptOn, Attempt = payment.Attempts, Code = payment.FailureCode };
            if (message.Type is NotificationType.PointsEarned) facts = await Points(message.Tenant, customer, payment, facts, ct);
        }

        if (facts.SubscriptionId is { } subscription && await states.Of<Subscription, SubscriptionEvent>(message.Tenant, subscription.Stream, ct) is Subscription.Known { Chase: { } chase })
            facts = facts with { InvoiceId = chase.InvoiceId, On = chase.ExpiresOn };
        if (facts.PaymentMethodId is { } card && (await states.Of<Wallet, WalletEvent>(message.Tenant, WalletStream.Of(customer), ct)).Find(new(card)) is { } method)
            facts = facts with { Card = new(method.Brand, method.Last4, method.ExpYear, method.ExpMonth) };
        return facts;
    }

    private async Task<NotificationFacts> Points(string tenant, CustomerId customer, Payment.Known payment, NotificationFacts facts, CancellationToken ct)
    {
        var account = await states.Of<LoyaltyAccount, LoyaltyAccountEvent>(tenant, LoyaltyAccountId.Of(customer).Stream, ct);
        return facts with { Points = account.Earned.TryGetValue(payment.Id, out var earned) ? earned.Points : 0, PointsBalance = account.Balance };
    }

    private static void Add(Invoice.Known invoice, NotificationType type, NotificationFacts facts, DocumentLanguage language, Dictionary<string, string> values)
    {
        values["invoice_number"] = InvoiceNumbers.Of(invoice.Number);
        values["issued_date"] = language.Of(invoice.IssuedOn);
        values["due_date"] = language.Of(invoice.DueOn);
        if (facts.Amount is null) values["amount"] = language.Of(type is NotificationType.InvoiceCreated || !invoice.IsOpen ? invoice.Total : invoice.Open);
    }

    private async Task Add(string tenant, BookingId id, Tenant.Known known, DocumentLanguage language, Dictionary<string, string> values, CancellationToken ct)
    {
        if (await states.Of<Booking, BookingEvent>(tenant, id.Stream, ct) is not Booking.Known { ClassSessionId: { } session }) return;
        if (await states.Of<ClassSession, ClassSessionEvent>(tenant, session.Stream, ct) is not ClassSession.Known one) return;
        var local = one.StartsAt.InZone(known.Zone);
        values["class_name"] = one.Name;
        values["starts_at"] = string.Create(CultureInfo.InvariantCulture, $"{language.Of(local.Date)} {local.Hour:00}:{local.Minute:00}");
    }
}
