using Ledger.Gateways.Payments;

namespace Ledger.Workers.Payments;

/// <summary>What a provider's answer means to the ledger.</summary>
internal static class ChargeOutcome
{
    /// <summary>The provider was asked what became of the attempt, and never charged it.</summary>
    public static readonly ChargeResult NotCharged = new(null, "provider_did_not_charge");

    public static ChargeResult Of(ChargeAnswer answer) => answer switch
    {
        ChargeAnswer.Captured or ChargeAnswer.Held => new(answer.ProviderReference),
        ChargeAnswer.Declined declined => new(declined.ProviderReference, declined.Code, declined.Kind is DeclineKind.Hard),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Writes the answer down; if periods were missed while the invoice was unpaid, bills the next one too.</summary>
    public static async Task Record(
        CommandHandler commands, StateReader states, Payment.Known payment, TenantId tenant, ChargeResult result, LocalDate today,
        MessageContext context, CancellationToken ct)
    {
        var command = new RecordCharge(payment.Id, tenant, payment.Attempts, result, today);
        var behind = result.FailureCode is null && payment.SubscriptionId is { } id
            && await states.Of<Subscription, SubscriptionEvent>(context.Tenant, id.Stream, ct) is Subscription.Known { NextPeriod: { } next }
            && next.From <= today;
        if (!behind)
        {
            _ = await commands.Handle(command, context.Completing(), ct);
            return;
        }

        _ = await commands.Handle(command, context.Continuing, ct);
        await GoOn(commands, payment, tenant, today, context, ct);
    }

    /// <summary>Bills the period after a paid one, if its day has come: again, too, when a worker was killed before it had.</summary>
    public static async Task GoOn(
        CommandHandler commands, Payment.Known payment, TenantId tenant, LocalDate today, MessageContext context, CancellationToken ct)
    {
        if (payment.SubscriptionId is { } id) _ = await commands.Handle(new BillSubscription(id, tenant, today), context.Completing(), ct);
    }
}
