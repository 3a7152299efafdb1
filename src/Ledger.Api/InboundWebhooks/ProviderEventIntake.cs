using Ledger.Domain.PaymentIntents;
using Ledger.Domain.Tenancy;
using Ledger.Projections.Payments;

namespace Ledger.Api.InboundWebhooks;

/// <summary>Takes what a provider tells, in its words, to what is done about it. What is of no concern here changes nothing.</summary>
internal sealed class ProviderEventIntake(Claims claims, CommandHandler commands, WaitingProviderEvents waiting)
{
    private const string Claim = "payment_intent";

    /// <summary>Null when it was taken, or is none of our concern.</summary>
    public async Task<Rejection?> Take(StripeEvent told, Tenant.Known tenant, string provider, CommandContext context, CancellationToken ct)
    {
        if (FactOf(told) is not { } fact || await SubjectOf(told, fact, tenant, ct) is not { } subject) return null;
        var today = tenant.DateOf(context.At);
        var command = new TakeProviderEvent(
            ProviderEventId.Of(tenant.Id, provider, told.Id), provider, told.Id, told.Type, subject, fact, MayKeep: false, today);
        var rejection = (await commands.Handle(command, context, ct)).Rejection;
        return rejection?.Code == ProviderEventRejections.Full.Code && await waiting.HasRoom(context.Tenant, today, ct)
            ? (await commands.Handle(command with { MayKeep = true }, context, ct)).Rejection
            : rejection;
    }

    /// <summary>Null for what is not looked at.</summary>
    private static ProviderFact? FactOf(StripeEvent told) => told.Type switch
    {
        "payment_intent.succeeded" => new(
            ProviderFactKind.Succeeded, told.Has("amount_received") ? told.Amount("amount_received") : told.Amount("amount"), told.Text("latest_charge"),
            ToldAt: told.Created),
        "payment_intent.payment_failed" => new(ProviderFactKind.Failed, Code: told.Text("last_payment_error", "code"), ToldAt: told.Created),
        "payment_intent.canceled" => new(ProviderFactKind.Canceled, ToldAt: told.Created),
        "charge.refunded" => new(ProviderFactKind.Refunded, told.Amount("amount_refunded"), told.Text("id") ?? told.Id, ToldAt: told.Created),
        "charge.dispute.created" or "charge.dispute.funds_withdrawn" when told.Text("id") is { } dispute
            && told.Text("status")?.StartsWith("warning_", StringComparison.Ordinal) is not true =>
            new(ProviderFactKind.Disputed, told.Amount("amount"), Code: told.Text("reason"), Dispute: dispute, ToldAt: told.Created),
        "charge.dispute.closed" when told.Text("id") is { } dispute && told.Text("status") is "won" or "lost" =>
            new(ProviderFactKind.DisputeClosed, told.Amount("amount"), Dispute: dispute, IsWon: told.Text("status") is "won", ToldAt: told.Created),
        _ => null,
    };

    /// <summary>By what we have told the provider of it, or by its intent; null for what names neither.</summary>
    private async Task<ProviderSubject?> SubjectOf(StripeEvent told, ProviderFact fact, Tenant.Known tenant, CancellationToken ct)
    {
        var isIntent = fact.Kind is ProviderFactKind.Succeeded or ProviderFactKind.Failed or ProviderFactKind.Canceled;
        if (!isIntent && Guid.TryParse(told.Text("metadata", "payment_id"), out var id)) return ProviderSubject.OfPayment(new(id));
        if ((isIntent ? told.Text("id") : told.Text("payment_intent")) is not { } reference) return null;
        var intent = await claims.OwnerOf(tenant.Id.ToString(), Claim, reference, ct) is { } stream ? new PaymentIntentId(stream) : (PaymentIntentId?)null;
        return ProviderSubject.OfIntent(tenant.Id, reference, intent);
    }
}
