using Ledger.Domain.Accounting;
using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;

namespace Ledger.Projections.Accounting;

/// <summary>What moved on the account of one customer, out of the journal: what they owe, less what is theirs.</summary>
public sealed class AccountMoves(LedgerDatabase database)
{
    /// <summary>Together they are what a customer owes: money taken that has not met its invoice is the customer's too.</summary>
    private static readonly string[] Accounts = [Account.Receivable, Account.Unapplied, Account.CustomerBalances];

    /// <summary>All moves up to a day, in the order of their days. What only moves between these accounts is left out.</summary>
    public Task<List<AccountMove>> Of(string tenant, CustomerId customer, LocalDate to, CancellationToken ct) => database.QueryAsTenant(tenant, """
        with theirs as (
            select id, 'invoice' as kind, number from views.invoices where tenant_id = $1 and customer_id = $2
            union all select id, 'credit_note', number from views.credit_notes where tenant_id = $1 and customer_id = $2
            union all select id, 'payment', null from views.payments where tenant_id = $1 and customer_id = $2
            union all select id, 'refund', null from views.refunds where tenant_id = $1 and customer_id = $2
            union all select id, 'order', null from views.orders where tenant_id = $1 and customer_id = $2
            union all select id, 'booking', null from views.bookings where tenant_id = $1 and customer_id = $2
            union all select id, 'class_credit', null from views.class_credits where tenant_id = $1 and customer_id = $2
            union all select $3::uuid, 'balance', null)
        select j.on_date, j.event_type, t.kind, t.number, p.commodity, sum(p.amount)::bigint
        from theirs t join views.journal_entries j on j.tenant_id = $1 and j.stream_id = t.id
            cross join jsonb_to_recordset(j.postings) as p (account text, amount bigint, commodity text)
        where j.on_date <= $4 and p.account = any($5)
        group by j.id, j.on_date, j.event_type, j.created_position, t.kind, t.number, p.commodity having sum(p.amount) <> 0
        order by j.on_date, j.created_position
        """, [tenant, customer.Value, BalanceId.Of(customer).Value, to, Accounts],
        row => new AccountMove(row.GetLocalDate(0), row.GetString(1), NumberOf(row.GetString(2), row.IsDBNull(3) ? null : row.GetInt64(3)), row.GetString(4), row.GetInt64(5)), ct);

    private static string? NumberOf(string kind, long? number) => (kind, number) switch
    {
        (_, null) => null,
        ("invoice", { } one) => InvoiceNumbers.Of(one),
        (_, { } one) => CreditNoteNumbers.Of(one),
    };
}

/// <param name="Number">Of the invoice or credit note.</param>
/// <param name="Amount">In the minor unit; above zero when the customer owes more.</param>
public sealed record AccountMove(LocalDate On, string EventType, string? Number, string Currency, long Amount);
