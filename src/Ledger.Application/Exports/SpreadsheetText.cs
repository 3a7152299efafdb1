using System.Globalization;

namespace Ledger.Application.Exports;

/// <summary>Text for files that spreadsheets open.</summary>
public static class SpreadsheetText
{
    /// <summary>What a spreadsheet would take for a formula gets an apostrophe before it; a number is none.</summary>
    public static string Safe(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsNumber(text) ? "'" + text : text;

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
