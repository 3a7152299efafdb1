using System.Net.Mail;
using Ledger.Api.Identity;
using Ledger.Domain.Notifications;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.PersonalData;
using Ledger.Identity.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Notifications;

internal static class MessageTemplateEndpoints
{
    private const int TestsPerMinute = 10, AddressMax = 254;

    public static void MapMessageTemplates(this IEndpointRouteBuilder templates)
    {
        _ = templates.MapGet("/", List).Is("listMessageTemplates", "The wording of messages by type, language and channel: the tenant's own, else the built-in one.", Who.Admin)
            .Lists<MessageTemplateResponse>();
        _ = templates.MapPost("/", Create).Is("createMessageTemplate", "Have a wording of your own in place of a built-in one.", Who.Admin)
            .Keyed().Takes<CreateRequest>().Produces<MessageTemplateResponse>(201).Rejects(NotificationRejections.TemplateExists);
        _ = templates.MapPatch("/{message_template_id:guid}", Change)
            .Is("updateMessageTemplate", "Change a wording; what is absent stays. A built-in one becomes your own; active false brings the built-in one back.", Who.Admin)
            .Takes<ChangeRequest>().Produces<MessageTemplateResponse>().Rejects(NotificationRejections.TemplateNotFound);
        _ = templates.MapPost("/previews", Preview).Is("previewMessageTemplate", "A wording filled with examples. Nothing is kept or sent.", Who.Admin)
            .Takes<PreviewRequest>().Produces<MessagePreview>();
        _ = templates.MapPost("/{message_template_id:guid}/tests", Test).Is("testMessageTemplate", "Send a wording, filled with examples, to the address of somebody who works for the tenant.", Who.Admin)
            .Keyed().AtMost(TestsPerMinute, alsoKeys: true).Takes<TestRequest>().Produces<NotificationResponse>(202).Rejects(NotificationRejections.TemplateNotFound);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, StateReader states, CancellationToken ct)
    {
        var (type, language, channel) = (Filter.Word<NotificationType>(http, "type"), Filter.Word<DocumentLanguage>(http, "language"), Filter.Word<NotificationChannel>(http, "channel"));
        var settings = await NotificationEventEndpoints.Settings(call, states, ct);
        var keys = MessageTemplateKey.All.Where(one => Is(one.Type, type) && Is(one.Language, language) && Is(one.Channel, channel)).ToList();
        return TypedResults.Json(page.Slice(keys, key => MessageTemplateResponse.From(key, settings)), LedgerJson.Options);
    }

    private static Task<IResult> Create(Body<CreateRequest> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        var key = new MessageTemplateKey(request.Type, request.Language, request.Channel);
        var content = new MessageText(request.Subject, request.Text, request.Html);
        OrRefuse(content, key);
        var command = new CreateMessageTemplate(NotificationSettingsId.Of(call.Caller.Tenant.Id), key, content);
        return call.Run(command, outcome => Answer.Created($"/api/v1/message-templates/{key.Id}", MessageTemplateResponse.From(key, outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> Change([FromRoute(Name = "message_template_id")] Guid messageTemplateId, Body<ChangeRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var (key, request) = (Known(messageTemplateId), body.Value);
        var command = new ChangeMessageTemplate(NotificationSettingsId.Of(call.Caller.Tenant.Id), key, request.Subject, request.Text, request.Html, request.Active);
        var settings = await NotificationEventEndpoints.Settings(call, states, ct);
        OrRefuse(command.Of(settings.OwnOf(key)?.Content ?? BuiltInTemplates.Of(key)), key);
        return await call.Run(command, outcome => Answer.Ok(MessageTemplateResponse.From(key, outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> Preview(Body<PreviewRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        var key = new MessageTemplateKey(request.Type, request.Language, request.Channel);
        var known = (await NotificationEventEndpoints.Settings(call, states, ct)).TextOf(key);
        var content = new MessageText(request.Subject ?? known.Subject, request.Text ?? known.Text, request.Html ?? known.Html);
        OrRefuse(content, key);
        var filled = Filled(content, key, call);
        return TypedResults.Json(new MessagePreview(
            filled.Subject, filled.Text, key.Channel is NotificationChannel.Sms ? null : filled.Html ?? MessageText.AsHtml(filled.Text)), LedgerJson.Options);
    }

    private static async Task<IResult> Test(
        [FromRoute(Name = "message_template_id")] Guid messageTemplateId, Body<TestRequest> body, Call call, StateReader states, PersonalKeys keys, People people,
        CancellationToken ct)
    {
        var (key, to) = (Known(messageTemplateId), body.Value.To);
        var isAddress = key.Channel is NotificationChannel.Mail
            ? to.Length <= AddressMax && !to.Any(char.IsControl) && MailAddress.TryCreate(to, out var address) && address.Address == to
            : to.Length is >= 3 and <= 20 && !to.Contains('@', StringComparison.Ordinal) && to.All(letter => char.IsAsciiDigit(letter) || letter is '+' or ' ' or '-');
        Check.That(isAddress, "/to", "not_an_address", key.Channel is NotificationChannel.Mail ? "A mail address." : "A telephone number.").OrRefuse();
        var user = key.Channel is NotificationChannel.Mail && await people.ByEmail(call.Tenant, to, ct) is { Kind: SubjectKind.User } subject
            ? await people.Stored(call.Caller.Tenant, subject, AddressChannel.Email, ct) : null;
        Check.That(user is not null, "/to", "not_a_user", "The address of somebody who works for the tenant. Users have no telephone number: preview an SMS instead.").OrRefuse();
        var content = Filled((await NotificationEventEndpoints.Settings(call, states, ct)).TextOf(key), key, call);
        var message = (await keys.TenantKey(call.Tenant, ct)).Seal(new TestMessage(user!.To, content));
        var command = new RequestMessageTest(new(call.IdOf("notification")), key.Type, key.Channel, message);
        return await call.Run(command, _ => Answer.Accepted("/api/v1/message-logs", new NotificationResponse(command.Id, key.Type, "queued")), ct);
    }

    private static MessageText Filled(MessageText content, MessageTemplateKey key, Call call) =>
        content.Filled(NotificationExamples.Of(NotificationKind.Of(key.Type), call.Caller.Tenant.Name));

    private static MessageTemplateKey Known(Guid id) =>
        MessageTemplateKey.Find(id) ?? throw new ProblemException(Problem.Of(NotificationRejections.TemplateNotFound));

    /// <exception cref="ProblemException">Something is wrong with the wording.</exception>
    private static void OrRefuse(MessageText content, MessageTemplateKey key)
    {
        var check = new Check();
        foreach (var (field, code, detail) in content.Faults(NotificationKind.Of(key.Type), key.Channel)) _ = check.And(false, $"/{field}", code, detail);
        check.OrRefuse();
    }

    private static bool Is<TEnum>(TEnum value, string? word) where TEnum : struct, Enum => word is null || EventStore.Events.EventTypes.SnakeCase(value.ToString()) == word;

    /// <param name="Subject">Of a mail; absent for an SMS.</param>
    /// <param name="Html">Of a mail; absent for one that is made of the text.</param>
    internal sealed record CreateRequest(
        NotificationType Type, DocumentLanguage Language, NotificationChannel Channel, string Text, string? Subject = null, string? Html = null);

    /// <param name="Html">An empty text for what is made of the text.</param>
    internal sealed record ChangeRequest(string? Subject = null, string? Text = null, string? Html = null, bool? Active = null);

    /// <summary>What is absent is as it is sent now.</summary>
    internal sealed record PreviewRequest(
        NotificationType Type, DocumentLanguage Language, NotificationChannel Channel, string? Subject = null, string? Text = null, string? Html = null);

    internal sealed record TestRequest(string To)
    {
        /// <summary>Says nothing of the address, so that a log line or an exception cannot leak it.</summary>
        public override string ToString() => "(test)";
    }
}

/// <summary>A wording on the wire.</summary>
/// <param name="BuiltIn">Whether it is the one that every tenant has.</param>
/// <param name="Html">Absent where it is made of the text.</param>
public sealed record MessageTemplateResponse(
    Guid Id, NotificationType Type, DocumentLanguage Language, NotificationChannel Channel, bool BuiltIn, string? Subject, string Text, string? Html)
{
    internal static MessageTemplateResponse From(MessageTemplateKey key, NotificationSettings settings)
    {
        var isOwn = settings.OwnOf(key) is { IsActive: true };
        var text = settings.TextOf(key);
        return new(key.Id, key.Type, key.Language, key.Channel, !isOwn, text.Subject, text.Text, text.Html);
    }
}

public sealed record MessagePreview(string? Subject, string Text, string? Html);
