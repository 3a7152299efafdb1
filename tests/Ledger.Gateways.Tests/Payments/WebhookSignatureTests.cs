using System.Text;
using Ledger.Gateways.Payments;

namespace Ledger.Gateways.Tests.Payments;

/// <summary>Figures that Stripe's own library gives for the same secret, instant and body.</summary>
public class WebhookSignatureTests
{
    private const string Secret = "whsec_test_9f2c4b7e1a6d4c0fb1e2", Mac = "71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93";
    private const long At = 1767225600;
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"id":"evt_1Test0000000001","object":"event","type":"payment_intent.succeeded"}""");

    [Fact]
    public void It_signs_as_Stripe_does()
    {
        WebhookSignature.Sign(Secret, At, Body).ShouldBe($"t={At},v1={Mac}");
        WebhookSignature.Sign(Secret, At, Encoding.UTF8.GetBytes("""{"name":"Jón Þór Ævarsson – 1.500 kr."}"""))
            .ShouldBe($"t={At},v1=b1e304e48ae2ae78ecb279af13c17603cc3bfe1ac0761e24f5dca5e3e664c72d");
    }

    [Theory]
    [InlineData("t=1767225600,v1=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93", 0, true)]
    [InlineData("t=1767225600,v1=0000000000000000000000000000000000000000000000000000000000000000,v1=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93,v0=abcd", 0, true)]
    [InlineData("t=1767225600,v1=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93", 300, true)]
    [InlineData("t=1767225600,v1=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93", 301, false)]
    [InlineData("t=1767225600,v1=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93", -301, false)]
    [InlineData("t=1767225600,v1=71C1424B78AF38886BB10184615CF98910F32A3FB0F41668022AFBDACBEBAD93", 0, false)]
    [InlineData("t=1767225600,v0=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93", 0, false)]
    [InlineData("t=1767225601,v1=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93", 0, false)]
    [InlineData("v1=71c1424b78af38886bb10184615cf98910f32a3fb0f41668022afbdacbebad93", 0, false)]
    [InlineData("t=-1,v1=é", 0, false)]
    [InlineData("t=9223372036854775807,v1=00", 0, false)]
    [InlineData("", 0, false)]
    public void A_header_is_believed_or_not(string header, long later, bool expected) =>
        WebhookSignature.IsValid(header, Secret, At + later, Body).ShouldBe(expected);

    [Fact]
    public void Another_byte_or_another_secret_is_another_signature()
    {
        var header = WebhookSignature.Sign(Secret, At, Body);
        WebhookSignature.IsValid(header, Secret, At, [.. Body, (byte)' ']).ShouldBeFalse();
        WebhookSignature.IsValid(header, "whsec_other", At, Body).ShouldBeFalse();
    }
}
