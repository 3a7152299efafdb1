namespace Ledger.Domain.Accounting;

/// <summary>Writes an entry line by line.</summary>
internal sealed class Entry(LocalDate? on, string description)
{
    private readonly List<Posting> postings = [];
    private readonly List<Spread> spreads = [];

    /// <summary>Moves an amount from the account that is credited to the one that is debited; nothing is no line.</summary>
    public Entry Move(string debit, string credit, Money amount) => Debit(debit, amount).Credit(credit, amount);

    public Entry Debit(string account, Money amount) => Post(account, amount.Amount, amount.Currency.Code);

    public Entry Credit(string account, Money amount) => Post(account, -amount.Amount, amount.Currency.Code);

    public Entry Points(string debit, string credit, long points) => Post(debit, points, Posting.Points).Post(credit, -points, Posting.Points);

    public Entry Over(BillingPeriod days, string from, string to, Money amount)
    {
        if (amount.Amount != 0) spreads.Add(new(from, to, amount.Amount, amount.Currency.Code, days));
        return this;
    }

    /// <summary>Null when there is nothing to book.</summary>
    public JournalEntry? Done() => postings.Count == 0 && spreads.Count == 0 ? null : new(on, description, postings, spreads);

    private Entry Post(string account, long amount, string commodity)
    {
        if (amount != 0) postings.Add(new(account, amount, commodity));
        return this;
    }
}
