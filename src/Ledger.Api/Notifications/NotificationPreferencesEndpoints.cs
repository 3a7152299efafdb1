using Ledger.Domain.Customers;
using Ledger.Domain.Notifications;
using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Notifications;

internal static class NotificationPreferencesEndpoints
{
    public static void MapNotificationPreferences(this IEndpointRouteBuilder customers)
    {
        _ = customers.MapGet("/{customer_id:guid}/notification-preferences", Get).Is("getNotificationPreferences", "What a customer wants to hear, and in which language.", Who.CustomerOwn)
            .Produces<NotificationPreferencesResponse>().Rejects(CustomerRejections.NotFound);
        _ = customers.MapPatch("/{customer_id:guid}/notification-preferences", Change)
            .Is("updateNotificationPreferences", "Go without some types, or without SMS, or choose a language; what is absent stays.", Who.CustomerOwn)
            .Takes<Request>().Produces<NotificationPreferencesResponse>().Rejects(CustomerRejections.NotFound, NotificationRejections.NotOptional);
    }

    private static async Task<IResult> Get([FromRoute(Name = "customer_id")] Guid customerId, Call call, StateReader states, CancellationToken ct)
    {
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, new CustomerId(customerId).Stream, ct) is not Customer.Known) throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        var (known, version) = await states.WithVersion<NotificationPreferences, NotificationPreferencesEvent>(call.Tenant, NotificationPreferencesId.Of(new(customerId)).Stream, ct);
        return new AnswerResult(Answer.Ok(NotificationPreferencesResponse.From(new(customerId), known), version));
    }

    private static Task<IResult> Change([FromRoute(Name = "customer_id")] Guid customerId, Body<Request> body, Call call, CancellationToken ct)
    {
        var (customer, request) = (new CustomerId(customerId), body.Value);
        Check.That(request.Language is null || !request.UsesTenantLanguage, "/uses_tenant_language", "conflicting", "Either a language or the tenant's.").OrRefuse();
        var command = new ChangeNotificationPreferences(customer, request.OptedOut, request.NoSms, request.Language, request.UsesTenantLanguage);
        return call.Run(command, outcome =>
        {
            var (known, version) = outcome.Of<NotificationPreferences>(NotificationPreferencesId.Of(customer).Stream);
            return Answer.Ok(NotificationPreferencesResponse.From(customer, known), version);
        }, ct);
    }

    /// <param name="OptedOut">All that the customer goes without from now on.</param>
    /// <param name="NoSms">Whether nothing is sent to a telephone.</param>
    /// <param name="UsesTenantLanguage">Whether the customer has no language of their own from now on.</param>
    internal sealed record Request(IReadOnlyList<NotificationType>? OptedOut = null, bool? NoSms = null, DocumentLanguage? Language = null, bool UsesTenantLanguage = false);
}

/// <param name="Optional">What a customer may go without.</param>
/// <param name="Language">Absent for the tenant's.</param>
public sealed record NotificationPreferencesResponse(
    CustomerId CustomerId, IReadOnlyList<NotificationType> OptedOut, bool NoSms, DocumentLanguage? Language, IReadOnlyList<NotificationType> Optional)
{
    internal static NotificationPreferencesResponse From(CustomerId customer, NotificationPreferences known) => new(
        customer, known.OptedOut, known.NoSms, known.Language, [.. NotificationKind.All.Where(one => one.IsOptional).Select(one => one.Type)]);
}
