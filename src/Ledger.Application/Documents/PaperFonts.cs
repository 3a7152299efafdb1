using Ledger.Application.Documents.Pdf;

namespace Ledger.Application.Documents;

/// <summary>The letters that documents are set in: Liberation Sans, which comes with the program.</summary>
internal static class PaperFonts
{
    public static readonly TrueTypeFont Regular = Read("LiberationSans-Regular"), Bold = Read("LiberationSans-Bold");

    private static TrueTypeFont Read(string name)
    {
        using var stream = typeof(PaperFonts).Assembly.GetManifestResourceStream($"{name}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(name, bytes);
    }
}
