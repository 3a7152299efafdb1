using System.Text;
using Ledger.Gateways.Post;
using Ledger.Testing.Http;
using Microsoft.AspNetCore.Http;

namespace Ledger.Gateways.Tests.Post;

/// <summary>SMS as an API like Twilio's takes them.</summary>
public sealed class SmsPostTests : IAsyncLifetime
{
    private const string Path = "/2010-04-01/Accounts/AC1/Messages.json";
    private static readonly PostMessage Message = new(new("0198f3c2-1111-7222-8333-944455556666"), "+354 777-1234", "", "Halló & bæ");
    private WebhookConsumer api = null!;

    public async Task InitializeAsync() => api = await WebhookConsumer.Start();

    public async Task DisposeAsync() => await api.DisposeAsync();

    [Fact]
    public async Task A_message_is_posted_with_its_account_and_a_key_for_repeats()
    {
        Answers(201, """{"sid":"SM1","status":"queued"}""");
        (await Send(Message)).ShouldBe("SM1");
        var told = api.Heard(Path).Single();
        told.Body.ShouldBe("To=%2B3547771234&Body=Hall%C3%B3+%26+b%C3%A6&From=%2B15005550006");
        told.Headers["authorization"].ShouldBe("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("AC1:token")));
        told.Headers["idempotency-key"].ShouldBe(Message.Id.ToString());
    }

    [Theory]
    [InlineData(400, 21211, true)]
    [InlineData(400, 21610, true)]
    [InlineData(401, 20003, false)]
    [InlineData(429, 20429, false)]
    [InlineData(400, 21212, false)]
    public async Task What_is_refused_for_good_is_told_from_what_may_be_mended(int status, int code, bool isFinal)
    {
        Answers(status, $$"""{"code":{{code}},"message":"The 'To' number +3547771234 is not valid","status":{{status}}}""");
        var failed = await Should.ThrowAsync<PostException>(() => Send(Message));
        (failed.Code, failed.IsFinal, failed.MayBeSent).ShouldBe(($"sms_{code}", isFinal, false));
        failed.ToString().ShouldNotContain("7771234");
    }

    [Fact]
    public async Task Where_an_answer_was_lost_it_is_looked_for_and_sent_once()
    {
        api.Answer(Path, (http, _) => { http.Abort(); return Task.CompletedTask; });
        var lost = await Should.ThrowAsync<PostException>(() => Send(Message));
        (lost.Code, lost.MayBeSent).ShouldBe(("answer_lost", true));

        Answers(200, $$"""{"messages":[{"sid":"SM7","body":"Halló & bæ","date_created":"{{DateTimeOffset.UtcNow:R}}"}]}""");
        (await Send(Message with { MayBeSent = true })).ShouldBe("SM7");
        api.Heard(Path).Count(one => one.Body.Length > 0).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_found_there_is_sent()
    {
        api.Answer(Path, async (http, _) =>
        {
            http.Response.StatusCode = HttpMethods.IsGet(http.Request.Method) ? 200 : 201;
            await http.Response.WriteAsync(HttpMethods.IsGet(http.Request.Method)
                ? """{"messages":[{"sid":"SM6","body":"Halló & bæ","date_created":"Sat, 01 Nov 2025 12:00:00 +0000"},{"sid":"SM5","body":"else"}]}""" : """{"sid":"SM8"}""");
        });
        (await Send(Message with { MayBeSent = true })).ShouldBe("SM8");
    }

    [Theory]
    [InlineData("")]
    [InlineData("12+34")]
    [InlineData("12345678901234567890")]
    public async Task What_is_no_number_is_not_sent(string to)
    {
        (await Should.ThrowAsync<PostException>(() => Send(Message with { To = to }))).Code.ShouldBe("number_not_valid");
        api.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Where_nobody_is_nothing_is_sent()
    {
        using var post = new SmsPost(new(new("http://127.0.0.1:1"), "AC1", "token", "MG1"));
        (await Should.ThrowAsync<PostException>(() => post.Send(Message, CancellationToken.None))).Code.ShouldBe("not_connected");
    }

    private async Task<string?> Send(PostMessage message)
    {
        using var post = new SmsPost(new(api.At("/"), "AC1", "token", "+15005550006"));
        return await post.Send(message, CancellationToken.None);
    }

    private void Answers(int status, string json) => api.Answer(Path, async (http, _) =>
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(json);
    });
}
