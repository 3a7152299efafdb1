using System.Net;
using System.Net.Sockets;
using System.Text;
using Ledger.Gateways.Outgoing;

namespace Ledger.Gateways.Tests.Outgoing;

/// <summary>What happens when such a URL is asked.</summary>
public class OutgoingHandlerTests
{
    private static readonly IPAddress Public = IPAddress.Parse("8.8.8.8");

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = LocalServer.Answers("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/secret\r\nContent-Length: 0\r\n\r\n");
        using var http = new HttpClient(new OutgoingHandler(new() { IsDevelopment = true }));
        using var answer = await http.GetAsync(server.Url);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        server.Asked.ShouldBe(1);

        // And who follows it by hand is refused where it counts.
        new OutgoingUrls(new()).Check(answer.Headers.Location!).ShouldBe("url_not_https");
    }

    [Fact]
    public async Task A_name_that_was_public_and_is_private_when_it_is_asked_again_is_refused()
    {
        var answers = new Queue<IPAddress[]>([[Public], [IPAddress.Loopback]]);
        var asked = 0;
        var options = new OutgoingOptions { Resolve = (_, _) => { asked++; return Task.FromResult(answers.Dequeue()); } };
        (await options.Resolve("shop.example.com", default)).ShouldBe([Public]);   // Whoever kept the URL looked, and was content.

        using var http = new HttpClient(new OutgoingHandler(options));
        var refused = await Should.ThrowAsync<OutgoingRefusedException>(http.GetAsync(new Uri("https://shop.example.com/")));
        refused.Code.ShouldBe("url_address_not_public");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task The_connection_goes_to_the_address_that_was_looked_at()
    {
        await using var server = LocalServer.Answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        var answers = new Queue<IPAddress[]>([[IPAddress.Loopback], [Public]]);
        using var http = new HttpClient(new OutgoingHandler(new() { IsDevelopment = true, Resolve = (_, _) => Task.FromResult(answers.Dequeue()) }));
        (await http.GetStringAsync(new Uri($"http://shop.example.com:{server.Url.Port}/"))).ShouldBe("hi");
        answers.Count.ShouldBe(1);   // Asked once, and never between the look and the connection.
    }

    [Fact]
    public async Task A_name_with_one_private_address_among_public_ones_is_refused()
    {
        using var http = new HttpClient(new OutgoingHandler(new() { Resolve = (_, _) => Task.FromResult<IPAddress[]>([Public, IPAddress.Parse("10.0.0.1")]) }));
        (await Should.ThrowAsync<OutgoingRefusedException>(http.GetAsync(new Uri("https://shop.example.com/")))).Code.ShouldBe("url_address_not_public");
    }

    [Fact]
    public async Task What_may_not_be_asked_is_not()
    {
        await using var server = LocalServer.Answers("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        using var http = new HttpClient(new OutgoingHandler(new()));
        (await Should.ThrowAsync<OutgoingRefusedException>(http.GetAsync(server.Url))).Code.ShouldBe("url_not_https");
        server.Asked.ShouldBe(0);
    }

    [Theory]
    [InlineData("Content-Length: 100000\r\n"), InlineData("")]
    public async Task An_answer_without_end_is_not_read_to_its_end(string header)
    {
        await using var server = LocalServer.Answers($"HTTP/1.1 200 OK\r\n{header}\r\n{new string('x', 100_000)}");
        using var http = new HttpClient(new OutgoingHandler(new() { IsDevelopment = true, AnswerMax = 1000 }));
        (await Should.ThrowAsync<OutgoingRefusedException>(http.GetAsync(server.Url, HttpCompletionOption.ResponseHeadersRead))).Code.ShouldBe("answer_too_large");
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for()
    {
        await using var server = LocalServer.Answers("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", thenCloses: false);
        using var http = new HttpClient(new OutgoingHandler(new() { IsDevelopment = true, Time = TimeSpan.FromMilliseconds(300) }));
        (await Should.ThrowAsync<OutgoingRefusedException>(http.GetAsync(server.Url))).Code.ShouldBe("answer_too_slow");
    }

    /// <summary>A server on loopback that gives everybody the same bytes.</summary>
    private sealed class LocalServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();
        private readonly List<TcpClient> open = [];
        private Task running = Task.CompletedTask;
        private int asked;

        public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

        public int Asked => asked;

        public static LocalServer Answers(string text, bool thenCloses = true)
        {
            var server = new LocalServer();
            server.listener.Start();
            server.running = server.Serve(Encoding.ASCII.GetBytes(text), thenCloses);
            return server;
        }

        private async Task Serve(byte[] answer, bool thenCloses)
        {
            try
            {
                while (true)
                {
                    var client = await listener.AcceptTcpClientAsync(stop.Token);
                    open.Add(client);
                    _ = Interlocked.Increment(ref asked);
                    _ = await client.GetStream().ReadAsync(new byte[4096], stop.Token);
                    await client.GetStream().WriteAsync(answer, stop.Token);
                    if (thenCloses) client.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException) { }
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running;
            open.ForEach(one => one.Dispose());
            listener.Dispose();
            stop.Dispose();
        }
    }
}
