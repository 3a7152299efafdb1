namespace Ledger.Domain.Amounts;

/// <summary>The currencies in which amounts may be, with the number of decimals of each.</summary>
/// <remarks>
/// Source: ISO 4217 list one, as in force on 1 January 2026, without the codes that have no minor unit (metals,
/// funds, tests). A code that ISO withdraws later stays here: amounts in it are in the log for ever.
/// </remarks>
internal static class Iso4217
{
    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";
    private const string FourDecimals = "CLF UYW";

    private const string TwoDecimals = """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
        COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
        INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
        MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
        STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
        """;

    /// <summary>By code; the entry at 0 is <c>XXX</c>, which is ISO's code for "no currency".</summary>
    public static readonly (string Code, int Exponent)[] Entries =
    [
        ("XXX", 0),
        .. Of(NoDecimals, 0).Concat(Of(TwoDecimals, 2)).Concat(Of(ThreeDecimals, 3)).Concat(Of(FourDecimals, 4))
            .OrderBy(entry => entry.Code, StringComparer.Ordinal),
    ];

    private static IEnumerable<(string Code, int Exponent)> Of(string codes, int exponent) =>
        codes.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(code => (code, exponent));
}
