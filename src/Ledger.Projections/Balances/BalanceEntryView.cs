using System.Globalization;
using Ledger.Domain.Balances;

namespace Ledger.Projections.Balances;

/// <summary>Every change of a customer's balance, one row each.</summary>
public sealed class BalanceEntryView : View<BalanceEntryRow>
{
    public override string Name => "balance_entries";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, customer_id uuid not null, kind text not null, source_id uuid not null,
        currency text not null, amount bigint not null, after bigint not null, on_date date not null, reason text,
        created_position bigint not null, created_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, customer_id, created_position)", "(tenant_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["customer_balance"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) =>
        happened.Event is BalanceEvent ? [DerivedId.Of(happened.Stream.Id, happened.Version.ToString(CultureInfo.InvariantCulture))] : [];

    public override BalanceEntryRow? After(BalanceEntryRow? row, Guid id, StoredEvent happened)
    {
        BalanceEntryRow Entry(Guid customer, string kind, Guid source, long sign, Money amount, Money after, LocalDate on, string? reason = null) => new(
            happened.Tenant, id, customer, kind, source, amount.Currency.Code, sign * amount.Amount, after.Amount, on, reason, happened.Position,
            happened.Headers.EffectiveAt);

        return happened.Event switch
        {
            CustomerBalanceAdjusted one => Entry(
                one.CustomerId.Value, one.Operation is BalanceOperation.Credit ? "credit" : "charge", one.AdjustmentId,
                one.Operation is BalanceOperation.Credit ? 1 : -1, one.Amount, one.After, one.On, one.Reason),
            CustomerBalanceCredited one => Entry(
                one.CustomerId.Value, JsonNamingPolicy.SnakeCaseLower.ConvertName(one.Source.ToString()), one.SourceId, 1, one.Amount, one.After, one.On),
            CustomerBalanceApplied one => Entry(one.CustomerId.Value, "invoice", one.InvoiceId.Value, -1, one.Amount, one.After, one.On),
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
    }
}

/// <param name="Kind">credit or charge by hand; credit_note, overpayment, or invoice.</param>
/// <param name="SourceId">Of the adjustment, the credit note, the payment or the invoice.</param>
/// <param name="Amount">Above zero when the balance grew.</param>
public sealed record BalanceEntryRow(
    string TenantId, Guid Id, Guid CustomerId, string Kind, Guid SourceId, string Currency, long Amount, long After, LocalDate OnDate,
    string? Reason, long CreatedPosition, Instant CreatedAt);
