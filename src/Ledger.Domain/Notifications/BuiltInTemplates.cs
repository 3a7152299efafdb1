using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Notifications;

/// <summary>The wording that a tenant has without saying anything, in each language and for each channel.</summary>
public static class BuiltInTemplates
{
    public static MessageText Of(MessageTemplateKey key)
    {
        var (subject, line) = Wording(key.Language)[key.Type];
        if (key.Channel is NotificationChannel.Sms) return new(null, $"{{tenant_name}}: {line}");
        var hello = (NotificationKind.Of(key.Type).IsForStaff, key.Language) switch
        {
            (true, DocumentLanguage.En) => "Hello,", (true, DocumentLanguage.Is) => "Góðan dag,", (true, _) => "Hej,",
            (false, DocumentLanguage.En) => "Hello {customer_name},", (false, DocumentLanguage.Is) => "Sæl(l) {customer_name},", (false, _) => "Hej {customer_name},",
        };
        return new(subject, $"{hello}\n\n{line}\n\n{{tenant_name}}");
    }

    private static Dictionary<NotificationType, (string Subject, string Line)> Wording(DocumentLanguage language) => language switch
    {
        DocumentLanguage.Is => Icelandic, DocumentLanguage.Da => Danish, _ => English,
    };

    private static readonly Dictionary<NotificationType, (string Subject, string Line)> English = new()
    {
        [NotificationType.InvoiceCreated] = ("Invoice {invoice_number} from {tenant_name}", "Invoice {invoice_number} of {issued_date} for {amount} is due on {due_date}."),
        [NotificationType.PaymentReceipt] = ("Receipt from {tenant_name}", "We received {amount} on {paid_date}. Thank you. Reference: {payment_reference}."),
        [NotificationType.PaymentFailed] = ("Your payment to {tenant_name} failed", "A payment of {amount} could not be made: {reason}. Please check your payment method."),
        [NotificationType.PaymentRetryFailed] = ("Your payment to {tenant_name} failed again", "Attempt {attempt} to collect {amount} failed: {reason}. Please add another payment method."),
        [NotificationType.DunningFinalNotice] = ("Final notice from {tenant_name}", "We could not collect {amount} for invoice {invoice_number}, and will not try again. Without payment your subscription ends on {ends_on}."),
        [NotificationType.SubscriptionExpired] = ("Your subscription at {tenant_name} has ended", "Your subscription ended on {ends_on} because it was not paid."),
        [NotificationType.CardExpiring] = ("Your card is about to expire", "Your {card_brand} card ending in {card_last4} expires {card_expiry}. Please add another one."),
        [NotificationType.PointsEarned] = ("You have earned points at {tenant_name}", "You have earned {points} points, and have {points_balance} now."),
        [NotificationType.BookingConfirmed] = ("Your booking is confirmed", "Your place in {class_name} on {starts_at} is confirmed."),
        [NotificationType.AppointmentConfirmed] = ("Your appointment is confirmed", "Your appointment {job_id} is confirmed."),
        [NotificationType.AppointmentReminder] = ("Your appointment is coming up", "Your appointment {job_id} is in {hours_until} hours."),
        [NotificationType.MessageReply] = ("{subject}", "{reply_text}\n\n{staff_name}"),
        [NotificationType.WebhookEndpointDisabled] = ("A webhook endpoint was given up", "Nothing is sent to {endpoint_url} any more: {reason}. Resume it when it is well, and ask for what it missed."),
    };

    private static readonly Dictionary<NotificationType, (string Subject, string Line)> Icelandic = new()
    {
        [NotificationType.InvoiceCreated] = ("Reikningur {invoice_number} frá {tenant_name}", "Reikningur {invoice_number} frá {issued_date} að upphæð {amount} er með eindaga {due_date}."),
        [NotificationType.PaymentReceipt] = ("Kvittun frá {tenant_name}", "Við móttókum {amount} þann {paid_date}. Takk fyrir. Tilvísun: {payment_reference}."),
        [NotificationType.PaymentFailed] = ("Greiðsla til {tenant_name} tókst ekki", "Ekki tókst að innheimta {amount}: {reason}. Vinsamlegast yfirfarðu greiðslumátann þinn."),
        [NotificationType.PaymentRetryFailed] = ("Greiðsla til {tenant_name} tókst ekki aftur", "Tilraun {attempt} til að innheimta {amount} tókst ekki: {reason}. Vinsamlegast bættu við öðrum greiðslumáta."),
        [NotificationType.DunningFinalNotice] = ("Lokaviðvörun frá {tenant_name}", "Ekki tókst að innheimta {amount} vegna reiknings {invoice_number} og ekki verður reynt aftur. Án greiðslu lýkur áskriftinni {ends_on}."),
        [NotificationType.SubscriptionExpired] = ("Áskrift þinni hjá {tenant_name} er lokið", "Áskriftinni lauk {ends_on} þar sem hún var ekki greidd."),
        [NotificationType.CardExpiring] = ("Kortið þitt er að renna út", "{card_brand}-kort sem endar á {card_last4} rennur út {card_expiry}. Vinsamlegast skráðu nýtt kort."),
        [NotificationType.PointsEarned] = ("Þú hefur fengið punkta hjá {tenant_name}", "Þú fékkst {points} punkta og átt nú {points_balance}."),
        [NotificationType.BookingConfirmed] = ("Bókun þín er staðfest", "Pláss þitt í {class_name} þann {starts_at} er staðfest."),
        [NotificationType.AppointmentConfirmed] = ("Tíminn þinn er staðfestur", "Tími {job_id} er staðfestur."),
        [NotificationType.AppointmentReminder] = ("Tíminn þinn nálgast", "Tími {job_id} er eftir {hours_until} klukkustundir."),
        [NotificationType.MessageReply] = ("{subject}", "{reply_text}\n\n{staff_name}"),
        [NotificationType.WebhookEndpointDisabled] = ("Hætt var að senda á vefkrók", "Ekkert er lengur sent á {endpoint_url}: {reason}. Settu hann aftur í gang þegar hann er í lagi og sæktu það sem vantaði."),
    };

    private static readonly Dictionary<NotificationType, (string Subject, string Line)> Danish = new()
    {
        [NotificationType.InvoiceCreated] = ("Faktura {invoice_number} fra {tenant_name}", "Faktura {invoice_number} af {issued_date} på {amount} forfalder {due_date}."),
        [NotificationType.PaymentReceipt] = ("Kvittering fra {tenant_name}", "Vi modtog {amount} den {paid_date}. Tak. Reference: {payment_reference}."),
        [NotificationType.PaymentFailed] = ("Din betaling til {tenant_name} mislykkedes", "En betaling på {amount} kunne ikke gennemføres: {reason}. Se venligst din betalingsmåde efter."),
        [NotificationType.PaymentRetryFailed] = ("Din betaling til {tenant_name} mislykkedes igen", "Forsøg {attempt} på at opkræve {amount} mislykkedes: {reason}. Tilføj venligst en anden betalingsmåde."),
        [NotificationType.DunningFinalNotice] = ("Sidste rykker fra {tenant_name}", "Vi kunne ikke opkræve {amount} for faktura {invoice_number} og prøver ikke igen. Uden betaling slutter dit abonnement {ends_on}."),
        [NotificationType.SubscriptionExpired] = ("Dit abonnement hos {tenant_name} er slut", "Dit abonnement sluttede {ends_on}, fordi det ikke blev betalt."),
        [NotificationType.CardExpiring] = ("Dit kort udløber snart", "Dit {card_brand}-kort, der ender på {card_last4}, udløber {card_expiry}. Tilføj venligst et nyt."),
        [NotificationType.PointsEarned] = ("Du har optjent point hos {tenant_name}", "Du har optjent {points} point og har nu {points_balance}."),
        [NotificationType.BookingConfirmed] = ("Din booking er bekræftet", "Din plads på {class_name} den {starts_at} er bekræftet."),
        [NotificationType.AppointmentConfirmed] = ("Din aftale er bekræftet", "Din aftale {job_id} er bekræftet."),
        [NotificationType.AppointmentReminder] = ("Din aftale nærmer sig", "Din aftale {job_id} er om {hours_until} timer."),
        [NotificationType.MessageReply] = ("{subject}", "{reply_text}\n\n{staff_name}"),
        [NotificationType.WebhookEndpointDisabled] = ("Et webhook-endpoint er opgivet", "Der sendes ikke mere til {endpoint_url}: {reason}. Genoptag det, når det virker, og bed om det, der mangler."),
    };
}
