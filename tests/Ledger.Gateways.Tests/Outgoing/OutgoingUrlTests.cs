using System.Net;
using Ledger.Gateways.Outgoing;

namespace Ledger.Gateways.Tests.Outgoing;

/// <summary>Where a URL that somebody else has written may lead.</summary>
public class OutgoingUrlTests
{
    private static readonly OutgoingUrls Urls = new(new() { MorePorts = [8443] });

    [Theory]
    [InlineData("https://shop.example.com/hooks?x=1#y"), InlineData("https://SHOP.example.com"), InlineData("https://xn--bcher-kva.example/"), InlineData("https://a-1.b2.is:443/")]
    [InlineData("https://shop.example.com:8443/"), InlineData("https://8.8.8.8/"), InlineData("https://[2606:4700:4700::1111]/"), InlineData("https://172.32.0.1/"), InlineData("https://100.128.0.1/")]
    public void What_is_out_in_the_open_may_be_asked(string url) => Urls.Check(new(url)).ShouldBeNull();

    [Theory]
    [InlineData("http://shop.example.com/", "url_not_https"), InlineData("ftp://shop.example.com/", "url_not_https"), InlineData("file:///etc/passwd", "url_not_https")]
    [InlineData("gopher://shop.example.com/", "url_not_https"), InlineData("unix:/var/run/docker.sock", "url_not_https")]
    [InlineData("https://user:pass@shop.example.com/", "url_has_credentials"), InlineData("https://shop.example.com@127.0.0.1/", "url_has_credentials"), InlineData("https://@shop.example.com/", "url_has_credentials")]
    [InlineData("https://shop.example.com:22/", "url_port_not_allowed"), InlineData("https://shop.example.com:5432/", "url_port_not_allowed"), InlineData("https://shop.example.com:80/", "url_port_not_allowed")]
    [InlineData("https://2130706433/", "url_host_not_plain"), InlineData("https://0x7f000001/", "url_host_not_plain"), InlineData("https://0x7f.0.0.1/", "url_host_not_plain")]
    [InlineData("https://0177.0.0.1/", "url_host_not_plain"), InlineData("https://127.1/", "url_host_not_plain"), InlineData("https://127.000.000.001/", "url_host_not_plain")]
    [InlineData("https://127.0.0.1./", "url_host_not_plain"), InlineData("https://localhost./", "url_host_not_plain"), InlineData("https://shop.example.com./", "url_host_not_plain")]
    [InlineData("https://shop_.example.com/", "url_host_not_plain"), InlineData("https://8.8.8.08/", "url_host_not_plain"), InlineData("https://8.8.8/", "url_host_not_plain")]
    [InlineData("https://１２７.0.0.1/", "url_not_plain"), InlineData("https://①②⑦.0.0.1/", "url_not_plain"), InlineData("https://bücher.example/", "url_not_plain"), InlineData("https://127。0。0。1/", "url_not_plain")]
    [InlineData("https://shop.example.com/a\\b", "url_not_plain"), InlineData("https://shop.example.com/a b", "url_not_plain"), InlineData("https://shop.example.com/\r\nX: y", "url_not_plain")]
    [InlineData("https://localhost/", "url_host_not_public"), InlineData("https://db/", "url_host_not_public"), InlineData("https://a.LOCALHOST/", "url_host_not_public")]
    [InlineData("https://metadata.google.internal/", "url_host_not_public"), InlineData("https://printer.local/", "url_host_not_public"), InlineData("https://router.home.arpa/", "url_host_not_public")]
    [InlineData("https://[fe80::1%25eth0]/", "url_address_not_public"), InlineData("https://169.254.169.254/latest/meta-data/", "url_address_not_public")]
    public void What_is_odd_or_inside_may_not(string url, string code) => Urls.Check(new(url)).ShouldBe(code);

    [Fact]
    public void A_relative_one_and_a_very_long_one_may_not()
    {
        Urls.Check(new("/hooks", UriKind.Relative)).ShouldBe("url_not_absolute");
        Urls.Check(new($"https://shop.example.com/{new string('x', 2000)}")).ShouldBe("url_too_long");
    }

    [Fact]
    public void In_development_a_machine_may_ask_itself_but_not_with_credentials()
    {
        var urls = new OutgoingUrls(new() { IsDevelopment = true });
        urls.Check(new("http://127.0.0.1:5080/")).ShouldBeNull();
        urls.Check(new("http://localhost:5080/")).ShouldBeNull();
        urls.Check(new("http://a:b@localhost:5080/")).ShouldBe("url_has_credentials");
        urls.Check(new("file:///etc/passwd")).ShouldBe("url_not_https");
    }

    [Theory]
    [InlineData("0.0.0.0"), InlineData("0.1.2.3"), InlineData("10.0.0.1"), InlineData("10.255.255.255"), InlineData("100.64.0.1"), InlineData("100.100.100.200"), InlineData("100.127.255.255")]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("168.63.129.16"), InlineData("169.254.169.254"), InlineData("169.254.170.2"), InlineData("172.16.0.1"), InlineData("172.31.255.255")]
    [InlineData("192.0.0.192"), InlineData("192.0.2.1"), InlineData("192.88.99.1"), InlineData("192.168.1.1"), InlineData("198.18.0.1"), InlineData("198.19.255.255"), InlineData("198.51.100.1")]
    [InlineData("203.0.113.1"), InlineData("224.0.0.1"), InlineData("239.255.255.250"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::"), InlineData("::1"), InlineData("::127.0.0.1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:8.8.8.8"), InlineData("::ffff:169.254.169.254"), InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1"), InlineData("64:ff9b::808:808"), InlineData("64:ff9b:1::1"), InlineData("100::1"), InlineData("2001::1"), InlineData("2001:0:4136:e378::1"), InlineData("2001:2::1"), InlineData("2001:10::1")]
    [InlineData("2001:20::1"), InlineData("2001:db8::1"), InlineData("2002:7f00:1::1"), InlineData("2002:808:808::1"), InlineData("3fff::1"), InlineData("4000::1"), InlineData("5f00::1"), InlineData("fc00::1")]
    [InlineData("fd00:ec2::254"), InlineData("fe80::1"), InlineData("fe80::1%1"), InlineData("fec0::1"), InlineData("ff02::1")]
    public void An_address_inside_is_not_public(string address) => PublicAddresses.Has(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1"), InlineData("9.255.255.255"), InlineData("11.0.0.0"), InlineData("100.63.255.255"), InlineData("128.0.0.1"), InlineData("169.253.0.1"), InlineData("172.15.0.1"), InlineData("192.167.0.1")]
    [InlineData("198.20.0.1"), InlineData("223.255.255.1"), InlineData("2606:4700::1"), InlineData("2a00:1450::1"), InlineData("2001:4860:4860::8888"), InlineData("2400::1")]
    public void An_address_in_the_open_is(string address) => PublicAddresses.Has(IPAddress.Parse(address)).ShouldBeTrue();
}
