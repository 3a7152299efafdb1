using System.Text.Json;
using Ledger.Domain.Bookings;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Notifications;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Events;
using Ledger.EventStore.PersonalData;

namespace Ledger.Api.Notifications;

internal static class SendNotificationEndpoint
{
    /// <summary>Source: rules, chapter 30.</summary>
    private const int PerMinute = 5;

    private const int WordMax = 200, TextMax = 5000;

    public static void MapSendNotification(this IEndpointRouteBuilder notifications) =>
        _ = notifications.MapPost("/", Send).Is("sendNotification", "Send a customer a message of a type, about what its data names.", Who.Staff)
            .Keyed().AtMost(PerMinute, alsoKeys: true).Takes<Request>().Produces<NotificationResponse>(202).RejectsMessages();

    /// <summary>Why a message cannot be asked for.</summary>
    internal static RouteHandlerBuilder RejectsMessages(this RouteHandlerBuilder endpoint) => endpoint.Rejects(
        CustomerRejections.NotFound, InvoiceRejections.NotFound, PaymentRejections.NotFound, SubscriptionRejections.NotFound, PaymentMethodRejections.NotFound,
        BookingRejections.NotFound, NotificationRejections.DataMissing);

    private static Task<IResult> Send(Body<Request> body, Call call, PersonalKeys keys, CancellationToken ct)
    {
        var kind = NotificationKind.All.FirstOrDefault(one => EventTypes.SnakeCase(one.Type.ToString()) == body.Value.Type);
        return Queue(kind, body.Value.Data, call, keys, ct);
    }

    /// <exception cref="ProblemException">The type or its data is none that can be sent by hand.</exception>
    internal static async Task<IResult> Queue(NotificationKind? kind, IReadOnlyDictionary<string, JsonElement>? data, Call call, PersonalKeys keys, CancellationToken ct)
    {
        if (kind is null or { IsForStaff: true }) throw new ProblemException(Problem.InvalidNotificationType);
        var texts = Texts(data ?? new Dictionary<string, JsonElement>());
        var customer = new CustomerId(Id(texts, "customer_id"));
        if (kind.Data.FirstOrDefault(name => !texts.ContainsKey(name)) is { } missing) throw Missing(missing);
        Guid? subject = NotificationKind.Ids.Contains(kind.Data[0]) ? Id(texts, kind.Data[0]) : null;
        var words = subject is not null ? null : new NotificationWords(kind.Data.ToDictionary(name => name, name => texts[name]));
        var (sealing, change) = words is null ? (null, null) : await Key(call.Tenant, customer, keys, ct);
        var command = new QueueNotification(new(call.IdOf("notification")), kind.Type, customer, subject, words is null ? null : sealing!.Seal(words));
        return await call.Run(
            command, _ => Answer.Accepted($"/api/v1/message-logs?customer_id={customer.Value}", new NotificationResponse(command.Id, kind.Type, "queued")), ct,
            context => change is null ? context : context with { Keys = [change], FreshKey = sealing });
    }

    /// <summary>The customer's own key; a fresh one, with the change that stores it, where nothing personal was known before.</summary>
    private static async Task<(SubjectKey, PersonalKeyChange?)> Key(string tenant, CustomerId customer, PersonalKeys keys, CancellationToken ct)
    {
        if (await keys.Find(tenant, customer.Value, ct) is { } known) return (known, null);
        var (key, change) = keys.New(customer.Value);
        return (key, change);
    }

    private static Dictionary<string, string> Texts(IReadOnlyDictionary<string, JsonElement> data)
    {
        var check = new Check();
        var texts = new Dictionary<string, string>();
        foreach (var (name, value) in data)
        {
            var known = name is "customer_id" || NotificationKind.All.Any(one => one.Data.Contains(name));
            var text = value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null };
            var most = name is "reply_text" ? TextMax : WordMax;
            _ = check.And(known, $"/data/{name}", "unknown_data", "No type has such data.")
                .And(text is not null && text.Length <= most && !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal), $"/data/{name}", "text_length", $"A text of 1 to {most} characters, or a number.");
            if (text is not null) texts[name] = text;
        }

        check.OrRefuse();
        return texts;
    }

    private static Guid Id(Dictionary<string, string> texts, string name)
    {
        if (!texts.TryGetValue(name, out var text)) throw Missing(name);
        Check.That(Guid.TryParse(text, out var id), $"/data/{name}", "not_an_id", "A UUID.").OrRefuse();
        return id;
    }

    private static ProblemException Missing(string name) => new(Problem.Of(NotificationRejections.DataMissing.With($"{name} is missing.")));

    /// <param name="Type">The name of a type.</param>
    /// <param name="Data">customer_id, and what the type needs.</param>
    internal sealed record Request(string Type, IReadOnlyDictionary<string, JsonElement>? Data = null)
    {
        /// <summary>Says nothing of the data, so that a log line or an exception cannot leak it.</summary>
        public override string ToString() => $"(notification {Type})";
    }
}

/// <param name="Status">queued: whether it was sent is in the message log.</param>
public sealed record NotificationResponse(NotificationId Id, NotificationType Type, string Status);
