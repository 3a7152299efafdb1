using System.Buffers.Text;
using System.Security.Cryptography;
using Ledger.Domain.People;
using Ledger.Identity.Tokens;

namespace Ledger.Api.Tests.Identity;

/// <summary>The examples of RFC 7515, read as we read tokens.</summary>
public class JwsVectorTests
{
    /// <summary>RFC 7515, A.3: ES256.</summary>
    private const string Es256 =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
        "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    /// <summary>RFC 7515, A.1: HS256.</summary>
    private const string Hs256 =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    /// <summary>RFC 7515, A.2: RS256.</summary>
    private const string Rs256 =
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ." +
        "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTy" +
        "WzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5A" +
        "XLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private const string Rs256Keys = """
        {"keys":[{"kty":"RSA","e":"AQAB",
          "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}]}
        """;

    [Fact]
    public void The_example_of_a_signature_by_rsa_is_right_and_with_one_bit_else_is_not()
    {
        var jws = CompactJws.Read(Rs256).ShouldNotBeNull();
        var key = JsonWebKeys.Read(Rs256Keys, OutsideAlgorithm.Rs256, null).ShouldHaveSingleItem();
        key.IsSigned(jws.SignedText, jws.Signature).ShouldBeTrue();
        key.IsSigned(jws.SignedText, [.. jws.Signature[..^1], (byte)(jws.Signature[^1] ^ 1)]).ShouldBeFalse();
        key.IsSigned([.. jws.SignedText[..^1], (byte)(jws.SignedText[^1] ^ 1)], jws.Signature).ShouldBeFalse();
        key.IsSigned(jws.SignedText, [0, .. jws.Signature]).ShouldBeFalse();
    }

    [Fact]
    public void The_example_of_a_signature_over_a_curve_is_right()
    {
        var jws = CompactJws.Read(Es256).ShouldNotBeNull();
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new()
            {
                X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"),
            },
        });
        key.VerifyData(jws.SignedText, jws.Signature, HashAlgorithmName.SHA256).ShouldBeTrue();
        (jws.HeaderText("alg"), jws.Claim("iss")).ShouldBe(("ES256", "joe"));
        jws.Time("exp").ShouldBe(NodaTime.Instant.FromUnixTimeSeconds(1300819380));
    }

    [Fact]
    public void The_example_of_a_keyed_hash_is_right()
    {
        var jws = CompactJws.Read(Hs256).ShouldNotBeNull();
        var key = Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        HMACSHA256.HashData(key, jws.SignedText).ShouldBe(jws.Signature);
    }

    [Fact]
    public void The_example_without_a_signature_has_none() =>   // RFC 7519, 6.1: it can be read, and nothing takes it.
        CompactJws.Read("eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.")
            .ShouldNotBeNull().Signature.ShouldBeEmpty();

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1")]
    [InlineData("1300819380.5")]
    [InlineData("\"1300819380\"")]
    [InlineData("99999999999999")]
    public void A_time_that_is_none_is_no_time(string text) =>
        CompactJws.Read($"{Base64Url.EncodeToString("{}"u8)}.{Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes($$"""{"exp":{{text}}}"""))}.")!.Time("exp").ShouldBeNull();
}
