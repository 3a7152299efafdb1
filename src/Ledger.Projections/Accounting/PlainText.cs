using System.Globalization;
using Ledger.Domain.Accounting;

namespace Ledger.Projections.Accounting;

/// <summary>How one format says an entry.</summary>
internal abstract class PlainText
{
    public static PlainText Of(JournalFormat format) => format switch
    {
        JournalFormat.Beancount => new Beancount(),
        JournalFormat.Csv => new Table(),
        _ => new Dated(),
    };

    /// <summary>What stands before the first entry.</summary>
    public abstract IEnumerable<string> Head(IReadOnlyList<AccountLine> accounts, LocalDate from);

    /// <param name="code">What it can be found by; null for what moves by itself.</param>
    public abstract IEnumerable<string> Entry(LocalDate on, string? code, string description, IReadOnlyList<Posting> postings);

    /// <summary>What the accounts hold at the end of the last day, so that whoever reads the file checks it; nothing where the format cannot say so.</summary>
    public abstract IEnumerable<string> Balances(LocalDate last, IReadOnlyList<AccountLine> accounts);

    /// <summary>In major units, with all the decimals of the currency; points are whole.</summary>
    protected static string Amount(long amount, string commodity) => commodity == Posting.Points
        ? amount.ToString(CultureInfo.InvariantCulture)
        : new Money(amount, Currency.Parse(commodity)).ToDecimalString();

    /// <summary>hledger and Ledger read the same.</summary>
    private sealed class Dated : PlainText
    {
        public override IEnumerable<string> Head(IReadOnlyList<AccountLine> accounts, LocalDate from) => [];

        public override IEnumerable<string> Entry(LocalDate on, string? code, string description, IReadOnlyList<Posting> postings) =>
        [
            $"{on:R} * {(code is null ? "" : $"({code}) ")}{description}",
            .. postings.Select(one => $"    {one.Account}  {Amount(one.Amount, one.Commodity)} {one.Commodity}"), "",
        ];

        public override IEnumerable<string> Balances(LocalDate last, IReadOnlyList<AccountLine> accounts) => accounts.Count == 0 ? [] :
        [
            $"{last:R} * balances",
            .. accounts.Select(one => $"    {one.Account}  0 {one.Commodity} = {Amount(one.Balance, one.Commodity)} {one.Commodity}"), "",
        ];
    }

    /// <summary>Accounts are opened first, and written with capitals.</summary>
    private sealed class Beancount : PlainText
    {
        public override IEnumerable<string> Head(IReadOnlyList<AccountLine> accounts, LocalDate from) =>
            accounts.Select(one => one.Account).Distinct().Select(account => $"{from:R} open {Name(account)}").Append("");

        public override IEnumerable<string> Entry(LocalDate on, string? code, string description, IReadOnlyList<Posting> postings) =>
        [
            $"{on:R} * \"{description}\" \"{code ?? "by the day"}\"",
            .. postings.Select(one => $"  {Name(one.Account)}  {Amount(one.Amount, one.Commodity)} {one.Commodity}"), "",
        ];

        /// <summary>An assertion holds at the beginning of its day.</summary>
        public override IEnumerable<string> Balances(LocalDate last, IReadOnlyList<AccountLine> accounts) => accounts.Select(one =>
            $"{last.PlusDays(1):R} balance {Name(one.Account)}  {Amount(one.Balance, one.Commodity)} {one.Commodity}");

        private static string Name(string account) => string.Join(':', account.Split(':').Select(part =>
            string.Join('-', part.Split('-', '_').Select(word => string.Concat(char.ToUpperInvariant(word[0]), word[1..])))));
    }

    /// <summary>RFC 4180, one line for each posting.</summary>
    private sealed class Table : PlainText
    {
        public override IEnumerable<string> Head(IReadOnlyList<AccountLine> accounts, LocalDate from) => ["date,code,description,account,amount,commodity\r"];

        public override IEnumerable<string> Entry(LocalDate on, string? code, string description, IReadOnlyList<Posting> postings) =>
            postings.Select(one => $"{on:R},{code},{description},{one.Account},{Amount(one.Amount, one.Commodity)},{one.Commodity}\r");

        public override IEnumerable<string> Balances(LocalDate last, IReadOnlyList<AccountLine> accounts) => [];
    }
}
