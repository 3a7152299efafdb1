using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Ledger.Domain.Tests.Notifications;

public class MessageTextTests
{
    private static readonly NotificationKind Receipt = NotificationKind.Of(NotificationType.PaymentReceipt);

    [Fact]
    public void Every_built_in_wording_is_one_that_would_be_taken()
    {
        foreach (var key in MessageTemplateKey.All)
            BuiltInTemplates.Of(key).Faults(NotificationKind.Of(key.Type), key.Channel).ShouldBeEmpty($"{key}");
    }

    [Fact]
    public void Every_wording_has_an_id_of_its_own() => MessageTemplateKey.All.Select(one => one.Id).ShouldBeUnique();

    [Fact]
    public void Examples_fill_every_place()
    {
        foreach (var key in MessageTemplateKey.All)
        {
            var kind = NotificationKind.Of(key.Type);
            kind.AllPlaceholders.Except(NotificationExamples.Of(kind, "Bakery").Keys).ShouldBeEmpty();
            BuiltInTemplates.Of(key).Filled(NotificationExamples.Of(kind, "Bakery")).Text.ShouldNotContain("{");
        }
    }

    [Theory]
    [InlineData("Hello {nobody}", "text", "unknown_placeholder")]
    [InlineData("Hello {Customer_Name}", "text", "unknown_placeholder")]
    [InlineData("Hello {points}", "text", "unknown_placeholder")]
    [InlineData(" ", "text", "text_length")]
    [InlineData("a\0b", "text", "control_character")]
    public void A_text_that_cannot_be_filled_is_refused(string text, string field, string code) =>
        new MessageText("Receipt", text).Faults(Receipt, NotificationChannel.Mail).Select(one => (one.Field, one.Code)).ShouldBe([(field, code)]);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<a href='javascript:x'>a</a>")]
    [InlineData("<p onclick = 'x'>a</p>")]
    [InlineData("< / form>")]
    public void Html_that_does_something_is_refused(string html) =>
        new MessageText("Receipt", "a", html).Faults(Receipt, NotificationChannel.Mail).Single().Code.ShouldBe("active_content");

    [Fact]
    public void An_sms_is_a_text_alone() => new MessageText("a", new string('x', 481), "<p>").Faults(Receipt, NotificationChannel.Sms)
        .Select(one => one.Field).ShouldBe(["subject", "text", "html"]);

    [Fact]
    public void A_subject_is_one_line()
    {
        new MessageText("a\nb", "a").Faults(Receipt, NotificationChannel.Mail).Single().Code.ShouldBe("not_one_line");
        new MessageText("{customer_name}", "a").Filled(new Dictionary<string, string> { ["customer_name"] = "a\r\nBcc: b\u2028c" }).Subject.ShouldBe("a  Bcc: b c");
    }

    [Fact]
    public void Braces_that_are_no_places_stay() =>
        new MessageText("a", "p { color: red } {} {1}", "<style>p{color:red}</style>").Faults(Receipt, NotificationChannel.Mail).ShouldBeEmpty();

    [Fact]
    public void What_is_filled_in_is_text_and_is_not_looked_at_again() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), value =>
    {
        var filled = new MessageText("a", "[{customer_name}]", "<b>{customer_name}</b>")
            .Filled(new Dictionary<string, string> { ["customer_name"] = value.Get + "{tenant_name}<i>", ["tenant_name"] = "!" });
        filled.Text.ShouldEndWith("{tenant_name}<i>]");
        filled.Html!.ShouldEndWith("{tenant_name}&lt;i&gt;</b>");
        var inside = filled.Html![3..^4].Replace("<br>", "\n", StringComparison.Ordinal);
        inside.ShouldNotContain("<");
        WebUtility.HtmlDecode(inside).ShouldBe(filled.Text[1..^1]);
    }).QuickCheckThrowOnFailure();
}
