using Ledger.Domain.Amounts;
using Ledger.Projections.Accounting;

namespace Ledger.Application.Documents;

/// <summary>What an account statement says on paper: for each currency what was open before, what moved, and what is open now.</summary>
internal static class StatementPaper
{
    /// <param name="moves">All of them up to the last day, in their order.</param>
    public static Paper Of(IReadOnlyList<AccountMove> moves, LocalDate from, LocalDate to, PaperFrame frame)
    {
        var (words, language) = (frame.Words, frame.Language);
        IEnumerable<string> currencies = moves.Count == 0 ? [frame.Tenant.Currency.Code] : moves.Select(one => one.Currency).Distinct().Order(StringComparer.Ordinal);
        var tables = currencies.Select(code => Table([.. moves.Where(one => one.Currency == code)], Currency.Parse(code), from, to, frame));
        return frame.Paper(
            words.Statement, null, to,
            [new(words.Period, $"{language.Of(from)} – {language.Of(to)}")], [.. tables], []);
    }

    private static PaperTable Table(IReadOnlyList<AccountMove> moves, Currency currency, LocalDate from, LocalDate to, PaperFrame frame)
    {
        var (words, language) = (frame.Words, frame.Language);
        var balance = Money.Sum(currency, moves.Where(one => one.On < from).Select(one => new Money(one.Amount, currency)));
        List<PaperRow> rows = [new([language.Of(from), words.Opening, "", "", language.Of(balance)], IsStrong: true)];
        foreach (var move in moves.Where(one => one.On >= from))
        {
            var amount = new Money(move.Amount, currency);
            balance += amount;
            rows.Add(new([language.Of(move.On), words.Moves.GetValueOrDefault(move.EventType, words.Document), move.Number ?? "", language.Of(amount), language.Of(balance)]));
        }

        rows.Add(new([language.Of(to), words.Closing, "", "", language.Of(balance)], IsStrong: true));
        return new(
            currency.Code,
            [
                new(words.Date, IsNumber: false), new(words.Description, IsNumber: false), new(words.Number, IsNumber: false),
                new(words.Amount, IsNumber: true), new(words.Standing, IsNumber: true),
            ], rows);
    }
}
