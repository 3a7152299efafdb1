using System.Globalization;
using System.Text;
using System.Xml;
using Ledger.Domain.Amounts;

namespace Ledger.Application.Exports;

/// <summary>Rows as XML of a worksheet: numbers, amounts and days are such, not texts.</summary>
internal static class XlsxRows
{
    /// <summary>More do not fit on a sheet, with a head and sums; a multiple of the rows of a part.</summary>
    public const int PerSheetMax = 1_000_000;

    private const int TextMax = 32_767;
    private static readonly LocalDate Zero = new(1899, 12, 30);
    private static readonly Instant ZeroMoment = Instant.FromUtc(1899, 12, 30, 0, 0);

    /// <param name="first">The place of the first row on its sheet, from 1.</param>
    public static byte[] Write(IEnumerable<Cell[]> rows, long first)
    {
        var xml = new StringBuilder();
        foreach (var row in rows)
        {
            Begin(xml, first++);
            foreach (var cell in row) Append(xml, cell);
            _ = xml.Append("</row>");
        }

        return Encoding.UTF8.GetBytes(xml.ToString());
    }

    public static string Head(IReadOnlyList<string> names)
    {
        var xml = new StringBuilder();
        Begin(xml, 1);
        foreach (var name in names) Text(xml, name, XlsxStyles.Bold);
        return xml.Append("</row>").ToString();
    }

    /// <summary>A row of sums for each currency below the rows; formulas, with their results, where all rows are on this sheet.</summary>
    /// <param name="sums">By column and currency, in minor units.</param>
    /// <param name="currencyColumn">Where the currency of a row stands.</param>
    public static string Sums(IReadOnlyDictionary<string, decimal> sums, int columns, int currencyColumn, long rows, bool hasFormulas)
    {
        var xml = new StringBuilder();
        var at = rows + 2;
        foreach (var currency in sums.Keys.Select(key => key.Split(' ')[1]).Distinct().Order(StringComparer.Ordinal))
        {
            Begin(xml, at++);
            for (var column = 0; column < columns; column++)
            {
                if (column == 0) Text(xml, $"Sum {currency}", XlsxStyles.Bold);
                else if (!sums.TryGetValue($"{column} {currency}", out var sum)) _ = xml.Append("<c/>");
                else
                {
                    var exponent = Currency.Parse(currency).Exponent;
                    var (from, to) = ($"{Letter(currencyColumn)}2:{Letter(currencyColumn)}{rows + 1}", $"{Letter(column)}2:{Letter(column)}{rows + 1}");
                    var formula = hasFormulas ? $"<f>SUMIF({from},\"{currency}\",{to})</f>" : "";
                    _ = xml.Append(CultureInfo.InvariantCulture, $"<c s=\"{XlsxStyles.BoldMoney(exponent)}\">{formula}<v>{Major(sum, exponent)}</v></c>");
                }
            }

            _ = xml.Append("</row>");
        }

        return xml.ToString();
    }

    private static void Append(StringBuilder xml, Cell cell)
    {
        switch (cell.Kind)
        {
            case CellKind.Text: Text(xml, SpreadsheetText.Safe(cell.Text!), style: 0); break;
            case CellKind.Number: _ = xml.Append(CultureInfo.InvariantCulture, $"<c><v>{cell.Number}</v></c>"); break;
            case CellKind.Money: _ = xml.Append(CultureInfo.InvariantCulture, $"<c s=\"{XlsxStyles.Money(Currency.Parse(cell.Text!).Exponent)}\"><v>{cell.Amount}</v></c>"); break;
            case CellKind.Day: _ = xml.Append(CultureInfo.InvariantCulture, $"<c s=\"{XlsxStyles.Day}\"><v>{Period.DaysBetween(Zero, cell.Day)}</v></c>"); break;
            case CellKind.Moment: _ = xml.Append(CultureInfo.InvariantCulture, $"<c s=\"{XlsxStyles.Moment}\"><v>{(cell.Moment - ZeroMoment).TotalDays:0.##########}</v></c>"); break;
            default: _ = xml.Append("<c/>"); break;
        }
    }

    private static void Begin(StringBuilder xml, long row) => xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row}\">");

    private static void Text(StringBuilder xml, string text, int style)
    {
        _ = xml.Append(CultureInfo.InvariantCulture, $"<c t=\"inlineStr\" s=\"{style}\"><is><t xml:space=\"preserve\">");
        foreach (var letter in text.Length > TextMax ? text[..TextMax] : text)
        {
            _ = letter switch
            {
                '&' => xml.Append("&amp;"), '<' => xml.Append("&lt;"), '>' => xml.Append("&gt;"), '\r' => xml.Append("&#13;"),
                _ when XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) => xml.Append(letter),
                _ => xml.Append('\uFFFD'),
            };
        }

        _ = xml.Append("</t></is></c>");
    }

    private static string Major(decimal minor, int exponent) => exponent switch { 0 => minor, 2 => minor / 100, 3 => minor / 1000, _ => minor / 10_000 } is var major
        ? major.ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>The letters of a column; there are fewer than 26.</summary>
    private static char Letter(int column) => (char)('A' + column);
}
