namespace Ledger.Application.Documents;

/// <summary>What a template is, in points and colours.</summary>
/// <param name="Size">Of the letters.</param>
/// <param name="Padding">Above and below the text of a row.</param>
/// <param name="HasBand">Whether the tenant's colour lies behind the heads of tables, and across the top.</param>
internal sealed record PaperLook(double Size, double Padding, bool HasBand, string Accent)
{
    private const string Ink = "#222222";

    public double Leading => Size * 1.3;

    public static PaperLook Of(PdfTemplate template, string? color) => template switch
    {
        PdfTemplate.Classic => new(9.5, 3, HasBand: false, Ink),
        PdfTemplate.Modern => new(9.5, 4, HasBand: true, color ?? "#1f3a5f"),
        PdfTemplate.Compact => new(8, 1.5, HasBand: false, Ink),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Black or white, whichever can be read on the accent.</summary>
    public string OnAccent => Brightness(Accent) > 0.55 ? "#000000" : "#ffffff";

    private static double Brightness(string color) =>
        (0.299 * Part(color, 0) + 0.587 * Part(color, 1) + 0.114 * Part(color, 2)) / 255;

    private static int Part(string color, int i) =>
        int.Parse(color.AsSpan(1 + 2 * i, 2), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture);
}
