using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Api.Edge;

namespace Ledger.Api.Tests.Edge;

/// <summary>How large, how slow and how many.</summary>
[Collection("edge")]
public class LimitTests(EdgeApp edge)
{
    public static TheoryData<string, string, int, int, string> Large => new()
    {
        { "an address at its limit", "/api/v1/nowhere?x=" + new string('x', EdgeLimits.UrlMax - 18), 0, 404, "not_found" },
        { "an address over it", "/api/v1/nowhere?x=" + new string('x', EdgeLimits.UrlMax - 17), 0, 414, "url_too_long" },
        { "many parameters", "/api/v1/nowhere?a" + new string('&', EdgeLimits.ParametersMax - 1), 0, 404, "not_found" },
        { "too many parameters", "/api/v1/nowhere?a" + new string('&', EdgeLimits.ParametersMax), 0, 400, "malformed_request" },
        { "large headers", "/api/v1/nowhere", EdgeLimits.HeadersMax - 1000, 404, "not_found" },
        { "too large headers", "/api/v1/nowhere", EdgeLimits.HeadersMax + 1, 431, "headers_too_large" },
    };

    [Theory, MemberData(nameof(Large))]
    public async Task A_request_has_a_size(string what, string path, int header, int status, string code)
    {
        var answer = await edge.Send(HttpMethod.Get, path, header == 0 ? [] : [("X-Large", new string('x', header))]);
        ((int)answer.StatusCode).ShouldBe(status, what);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task It_has_a_number_of_headers()
    {
        var many = Enumerable.Range(0, EdgeLimits.HeaderCountMax).Select(n => ($"X-{n}", "x")).ToArray();
        ((int)(await edge.Send(HttpMethod.Get, "/api/v1/health", many)).StatusCode).ShouldBe(431);   // With Host, one too many.
        ((int)(await edge.Send(HttpMethod.Get, "/api/v1/health", many[..^1])).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_request_has_its_time_and_is_told_when_it_is_up()
    {
        await using var patient = await LedgerApp.Start();
        var key = await (await patient.NewTenant()).NewKey(new { name = "x", role = "admin" });
        await using var app = await LedgerApp.Start(connectionString: patient.ConnectionString, settings: ["--LEDGER_REQUEST_SECONDS=2"]);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, "/api/v1/customers"));
        _ = request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        request.Headers.Add("Ledger-Min-Position", "999999999999");   // The views are waited for, for longer than that.
        using var answer = await http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(503);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"timed_out\"");
        answer.Headers.RetryAfter!.ToString().ShouldBe("5");
    }

    [Fact]
    public async Task A_body_that_does_not_come_is_not_waited_for()
    {
        await using var app = await LedgerApp.Start();
        var tenant = await app.NewTenant();
        using var client = new TcpClient();
        await client.ConnectAsync(app.Address.Host, app.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/customers HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {await tenant.NewKey(new { name = "x", role = "admin" })}\r\n"
            + "Content-Type: application/json\r\nIdempotency-Key: a\r\nContent-Length: 1000\r\n\r\n{"));
        var answer = await new StreamReader(stream).ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(25));   // Kestrel then ends the connection.
        answer.ShouldStartWith("HTTP/1.1 408");
        answer.ShouldContain("\"body_too_slow\"");
        (await tenant.Admin.Get("/customers")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task More_connections_than_may_be_are_cut_off()
    {
        await using var app = await LedgerApp.Start(runsWorkers: false, settings: "--LEDGER_CONNECTIONS_MAX=3");
        var clients = new List<TcpClient>();
        var served = 0;
        for (var i = 0; i < 6; i++)
        {
            var client = new TcpClient();
            clients.Add(client);
            await client.ConnectAsync(app.Address.Host, app.Address.Port);
            served += await Served(client) ? 1 : 0;
        }

        served.ShouldBe(3);
        clients.ForEach(one => one.Dispose());
    }

    [Fact]
    public async Task One_address_holds_no_more_than_its_share_of_them_and_gives_them_back()
    {
        await using var app = await LedgerApp.Start(runsWorkers: false, settings: "--LEDGER_CONNECTIONS_PER_ADDRESS=3");
        var clients = new List<TcpClient>();
        async Task<bool> IsServed(string from)
        {
            var client = new TcpClient(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(from), 0));
            clients.Add(client);
            try { await client.ConnectAsync(System.Net.IPAddress.Loopback, app.Address.Port); }
            catch (SocketException) { return false; }   // Cut off before it had begun.
            return await Served(client);
        }

        for (var n = 0; n < 3; n++) (await IsServed("127.9.9.1")).ShouldBeTrue();
        (await IsServed("127.9.9.1")).ShouldBeFalse();
        (await IsServed("127.9.9.2")).ShouldBeTrue();
        clients[0].Dispose();
        var isAgain = false;
        for (var tries = 0; tries < 200 && !isAgain; tries++, await Task.Delay(25)) isAgain = await IsServed("127.9.9.1");
        isAgain.ShouldBeTrue("What was given back is another's.");
        clients.ForEach(one => one.Dispose());
    }

    private static async Task<bool> Served(TcpClient client)
    {
        try
        {
            await client.GetStream().WriteAsync("GET /api/v1/nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
            return await client.GetStream().ReadAsync(new byte[100]).AsTask().WaitAsync(TimeSpan.FromSeconds(20)) > 0;
        }
        catch (IOException) { return false; }
    }
}
