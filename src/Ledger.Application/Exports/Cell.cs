using System.Globalization;
using Ledger.Domain.Amounts;

namespace Ledger.Application.Exports;

internal enum CellKind { Empty, Text, Number, Money, Day, Moment }

/// <summary>A value in a table that is exported, of a kind that spreadsheets know.</summary>
/// <param name="Text">A text; of an amount its currency.</param>
/// <param name="Number">A number; of an amount its minor units.</param>
internal readonly record struct Cell(CellKind Kind, string? Text = null, long Number = 0, LocalDate Day = default, Instant Moment = default)
{
    public static Cell Of(string? text) => string.IsNullOrEmpty(text) ? default : new(CellKind.Text, text);

    public static Cell Of(Guid? id) => id is { } one ? new(CellKind.Text, one.ToString()) : default;

    public static Cell Of(long? number) => number is { } one ? new(CellKind.Number, Number: one) : default;

    public static Cell Of(LocalDate? day) => day is { } one ? new(CellKind.Day, Day: one) : default;

    public static Cell Of(Instant moment) => new(CellKind.Moment, Moment: moment);

    public static Cell Money(long amount, string currency) => new(CellKind.Money, currency, amount);

    /// <summary>An amount in major units, with all the decimals of its currency.</summary>
    public string Amount => new Money(Number, Currency.Parse(Text!)).ToDecimalString();

    /// <summary>As it stands in a text file.</summary>
    public string Plain => Kind switch
    {
        CellKind.Text => SpreadsheetText.Safe(Text!),
        CellKind.Number => Number.ToString(CultureInfo.InvariantCulture),
        CellKind.Money => Amount,
        CellKind.Day => Day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        CellKind.Moment => Moment.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        _ => "",
    };
}
