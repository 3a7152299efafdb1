using Ledger.Gateways.Entered;

namespace Ledger.Gateways.Tests.Entered;

public class EmailAddressTests
{
    [Theory]
    [InlineData("ann@example.com", "ann@example.com")]
    [InlineData("Ann.Lee+shop@Example.COM", "Ann.Lee+shop@example.com")]
    [InlineData("o'brien@example.co.uk", "o'brien@example.co.uk")]
    [InlineData("ann@b\u00fccher.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@bu\u0308cher.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example")]
    [InlineData("ann@\uff45xample.com", "ann@example.com")]
    public void Mail_can_be_sent_to(string text, string address)
    {
        EmailAddress.TryParse(text, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(address);
    }

    [Theory]
    [InlineData("ann@example.com\u202c"), InlineData("ann@exam\u200bple.com"), InlineData("ann\u00ad@example.com"), InlineData("\ufeffann@example.com")]
    [InlineData("ann@example..com"), InlineData("a@b..c"), InlineData("ann@.example.com"), InlineData("ann@example.com.")]
    [InlineData("a..b@example.com"), InlineData(".a@example.com"), InlineData("a.@example.com"), InlineData("j\u00f3n@example.com")]
    [InlineData("ann@example"), InlineData("ann@-example.com"), InlineData("ann@example-.com"), InlineData("ann@127.0.0.1"), InlineData("ann@[127.0.0.1]")]
    [InlineData("nobody"), InlineData("@example.com"), InlineData("ann@"), InlineData("a@b@example.com"), InlineData("a n@example.com"), InlineData("ann@example.com ")]
    [InlineData("\"ann lee\"@example.com"), InlineData("ann@exa_mple.com"), InlineData("ann,lee@example.com"), InlineData("ann@example.com\r\nBcc: x@example.com")]
    [InlineData("")]
    public void No_mail_can_be_sent_to(string text) => EmailAddress.IsValid(text).ShouldBeFalse();

    [Fact]
    public void An_address_is_as_long_as_mail_servers_take_it()
    {
        EmailAddress.IsValid($"{new string('a', 64)}@example.com").ShouldBeTrue();
        EmailAddress.IsValid($"{new string('a', 65)}@example.com").ShouldBeFalse();
        EmailAddress.IsValid($"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 5))}.com").ShouldBeFalse();
    }

    [Theory]
    [InlineData("ANN@B\u00dcCHER.example", "ann@xn--bcher-kva.example")]
    [InlineData("Ann@Example.com", "ann@example.com")]
    public void Two_ways_to_write_it_are_one_mailbox(string one, string other) => EmailAddress.Key(one).ShouldBe(EmailAddress.Key(other));
}
