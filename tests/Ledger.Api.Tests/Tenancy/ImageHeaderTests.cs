using Ledger.Api.Tenancy;

namespace Ledger.Api.Tests.Tenancy;

public class ImageHeaderTests
{
    public static TheoryData<string> Kinds => ["png", "jpeg", "webp"];

    [Theory, MemberData(nameof(Kinds))]
    public void It_says_what_it_is_and_how_large(string kind) => ImageHeader.Of(Picture(kind, 4096, 17)).ShouldBe(new ImageHeader($"image/{kind}", 4096, 17));

    [Theory, MemberData(nameof(Kinds))]
    public void What_is_cut_off_is_none(string kind)
    {
        var whole = Picture(kind, 300, 200);
        for (var length = 0; length < (kind == "jpeg" ? 30 : whole.Length); length++) ImageHeader.Of(whole.AsSpan(0, length)).ShouldBeNull($"{length} bytes");
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Whatever_bytes_there_are_they_are_read_or_refused(string kind)
    {
        var random = new Random(17);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var file = Picture(kind, 300, 200);
            for (var n = random.Next(1, 6); n > 0; n--) file[random.Next(file.Length)] = (byte)random.Next(256);
            var found = ImageHeader.Of(file.AsSpan(0, random.Next(file.Length + 1)));
            if (found is null) refused++;
            else (found.Width > 0 && found.Height > 0 && found.ContentType.StartsWith("image/", StringComparison.Ordinal)).ShouldBeTrue();
        }

        refused.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void A_lossy_and_a_lossless_webp_are_read_too()
    {
        byte[] lossy = [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8 "u8, 10, 0, 0, 0, 0x30, 1, 0, 0x9d, 0x01, 0x2a, 0x2c, 0x01, 0xc8, 0];
        ImageHeader.Of(lossy).ShouldBe(new ImageHeader("image/webp", 300, 200));
        var size = (300u - 1) | (200u - 1) << 14;
        byte[] lossless = [.. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8L"u8, 10, 0, 0, 0, 0x2f, .. BitConverter.GetBytes(size), 0, 0, 0, 0, 0];
        ImageHeader.Of(lossless).ShouldBe(new ImageHeader("image/webp", 300, 200));
    }

    private static byte[] Picture(string kind, int width, int height) => kind switch
    {
        "png" => Pictures.Png(width, height),
        "jpeg" => Pictures.Jpeg(width, height),
        _ => Pictures.WebP(width, height),
    };
}
