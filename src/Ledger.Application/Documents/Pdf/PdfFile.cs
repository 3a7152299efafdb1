using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Application.Documents.Pdf;

/// <summary>The objects of a PDF file, in the order of their numbers. The same objects make the same bytes.</summary>
internal sealed class PdfFile
{
    private readonly List<byte[]?> objects = [];

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        objects.Add(null);
        return objects.Count;
    }

    public void Set(int number, string content) => objects[number - 1] = Encoding.Latin1.GetBytes(content);

    public int Add(string content)
    {
        var number = Reserve();
        Set(number, content);
        return number;
    }

    /// <param name="dictionary">What is said of the stream, without its length and filter.</param>
    public int AddPacked(string dictionary, byte[] content)
    {
        var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zip.Write(content);
        return AddStream($"{dictionary} /Filter /FlateDecode", packed.ToArray());
    }

    public int AddStream(string dictionary, byte[] content)
    {
        var number = Reserve();
        objects[number - 1] =
            [.. Encoding.Latin1.GetBytes($"<< {dictionary} /Length {Text(content.Length)} >>\nstream\n"), .. content, .. "\nendstream"u8];
        return number;
    }

    /// <param name="catalog">The number of the object that leads to all others.</param>
    public byte[] Write(int catalog, int about)
    {
        var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"u8);
        var places = new List<long>();
        foreach (var (content, i) in objects.Select((one, i) => (one, i)))
        {
            places.Add(file.Length);
            file.Write(Encoding.ASCII.GetBytes($"{Text(i + 1)} 0 obj\n"));
            file.Write(content ?? throw new InvalidOperationException($"Object {Text(i + 1)} was not written."));
            file.Write("\nendobj\n"u8);
        }

        var id = Convert.ToHexString(SHA256.HashData(file.ToArray())[..16]);
        var start = file.Length;
        var end = new StringBuilder().Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) _ = end.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        _ = end.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root {catalog} 0 R /Info {about} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{start}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(end.ToString()));
        return file.ToArray();
    }

    /// <summary>A text as a PDF string, whatever letters are in it.</summary>
    public static string Quoted(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    public static string Text(double number) => Math.Round(number, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
