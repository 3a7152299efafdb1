using System.Diagnostics;

namespace Ledger.Workers.Tests.Documents;

/// <summary>What a reader that is not ours makes of a PDF.</summary>
internal static class Poppler
{
    /// <summary>The text in the order in which it is read, columns beside each other.</summary>
    public static string Text(byte[] pdf) => Run("pdftotext", pdf, "-layout", "-", "-");

    public static string About(byte[] pdf) => Run("pdfinfo", pdf, "-");

    public static string Structure(byte[] pdf) => Run("pdfinfo", pdf, "-struct-text", "-");

    public static string Fonts(byte[] pdf) => Run("pdffonts", pdf, "-");

    /// <returns>Every page as a picture, in grey: rows of 72 dots an inch, white is 255.</returns>
    public static IReadOnlyList<byte[]> Pages(byte[] pdf)
    {
        var folder = Directory.CreateTempSubdirectory("ledger-pdf-");
        try
        {
            _ = Run("pdftoppm", pdf, "-gray", "-r", "72", "-", Path.Combine(folder.FullName, "page"));
            return [.. folder.GetFiles("*.pgm").OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => File.ReadAllBytes(file.FullName))];
        }
        finally { folder.Delete(recursive: true); }
    }

    private static string Run(string program, byte[] pdf, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = System.Text.Encoding.UTF8,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(pdf);
        process.StandardInput.Close();
        process.WaitForExit();
        errors.Result.ShouldBeEmpty($"{program} found fault with it.");
        process.ExitCode.ShouldBe(0);
        return output.Result;
    }
}
