using System.Globalization;
using Ledger.Domain.Amounts;

namespace Ledger.Application.Documents;

/// <summary>Amounts, numbers and dates as they are written in a language.</summary>
internal static class Writing
{
    /// <summary><c>15.000 kr.</c>, <c>1.234,50 kr.</c>, <c>EUR 1,234.50</c>: the language says how, the currency how many decimals.</summary>
    public static string Of(this DocumentLanguage language, Money amount)
    {
        var figures = language.Of(amount.ToDecimalString());
        return (language, amount.Currency.Code) switch
        {
            (DocumentLanguage.En, var code) => $"{code} {figures}",
            (DocumentLanguage.Is, "ISK") or (DocumentLanguage.Da, "DKK") => $"{figures} kr.",
            (_, var code) => $"{figures} {code}",
        };
    }

    public static string Of(this DocumentLanguage language, long number) => language.Of(number.ToString(CultureInfo.InvariantCulture));

    public static string Of(this DocumentLanguage language, TaxRate rate)
    {
        var percent = language.Of((rate.Value * 100).ToString("0.####", CultureInfo.InvariantCulture));
        return language is DocumentLanguage.En ? $"{percent}%" : $"{percent} %";
    }

    /// <summary><c>1 Nov 2025</c>, <c>1.11.2025</c>, <c>01.11.2025</c>.</summary>
    public static string Of(this DocumentLanguage language, LocalDate date) => date.ToString(language switch
    {
        DocumentLanguage.Is => "d.M.yyyy", DocumentLanguage.Da => "dd.MM.yyyy", _ => "d MMM yyyy",
    }, CultureInfo.InvariantCulture);

    /// <summary>Both days are in it.</summary>
    public static string Of(this DocumentLanguage language, BillingPeriod period) => $"{language.Of(period.From)} – {language.Of(period.Until.PlusDays(-1))}";

    /// <summary>A plain decimal with the language's signs between thousands and before decimals.</summary>
    private static string Of(this DocumentLanguage language, string plain)
    {
        var (thousands, point) = language is DocumentLanguage.En ? (',', '.') : ('.', ',');
        var parts = plain.Split('.');
        var (sign, digits) = parts[0][0] == '-' ? ("-", parts[0][1..]) : ("", parts[0]);
        for (var at = digits.Length - 3; at > 0; at -= 3) digits = digits.Insert(at, thousands.ToString());
        return sign + digits + (parts.Length > 1 ? point + parts[1] : "");
    }
}
