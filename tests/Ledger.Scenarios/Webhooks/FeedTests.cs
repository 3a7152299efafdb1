using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Webhooks;

/// <summary>The feed: what has happened, in the order of the log, each once.</summary>
[Collection("app")]
public class FeedTests(SharedApp shared)
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task What_has_happened_is_read_page_by_page_in_order_and_each_once()
    {
        var shop = await Shop.Open(shared.App);
        for (var i = 0; i < 3; i++) _ = await shop.Settled(await shop.Subscribe(await shop.Customer()));
        var (all, _) = await Read(shop.Admin, "/events?limit=500");
        var (paged, after) = (new List<JsonNode>(), 0L);
        for (var hasMore = true; hasMore;)
        {
            var page = (await shop.Admin.Get($"/events?after={after}&limit=2")).Is(200).Json;
            paged.AddRange(page["data"]!.AsArray().Select(one => one!));
            (after, hasMore) = (page["position"]!.GetValue<long>(), page["has_more"]!.GetValue<bool>());
        }

        paged.Select(Id).ShouldBe(all.Select(Id));
        paged.Select(Id).ShouldBeUnique();
        paged.Select(one => one["position"]!.GetValue<long>()).ShouldBeInOrder();
        paged.Where(one => one["type"]!.GetValue<string>() == "payment.succeeded").Count().ShouldBe(3);
        (await Read(shop.Admin, $"/events?after={after}")).Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_narrowed_by_types_and_goes_on_where_nothing_of_them_was()
    {
        var tenant = await shared.App.NewTenant();
        for (var i = 0; i < 3; i++) _ = (await tenant.Admin.Post("/customers", new { full_name = "Somebody" })).Is(201);
        var none = (await tenant.Admin.Get("/events?types=order.paid,order.failed&limit=2")).Is(200).Json;
        none["data"]!.AsArray().ShouldBeEmpty();
        none["has_more"]!.GetValue<bool>().ShouldBeFalse();
        none["position"]!.GetValue<long>().ShouldBeGreaterThan(0);
        (await Read(tenant.Admin, "/events?types=customer.created")).Events.Count.ShouldBe(3);
        (await tenant.Admin.Get("/events?types=nothing")).Refuses(400, "validation_failed");
        (await tenant.Admin.Get("/events?after=x")).Refuses(400, "validation_failed");
    }

    [Fact]
    public async Task A_position_that_the_log_has_not_reached_is_refused()
    {
        var tenant = await shared.App.NewTenant();
        (await tenant.Admin.Get("/events?after=99999999")).Refuses(400, "position_ahead");
        (await tenant.Admin.Get("/events?after=99999999&wait=20")).Refuses(400, "position_ahead");
        (await tenant.Admin.Send(HttpMethod.Get, "/events?after=99999999", null, accept: "text/event-stream")).Refuses(400, "position_ahead");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shared.App.Address, "/api/v1/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tenant.Admin.Bearer);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", "99999999");
        using var answer = await Http.SendAsync(request);
        ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]!.GetValue<string>()).ShouldBe((400, "position_ahead"));
        var (_, head) = await Read(tenant.Admin, "/events");
        (await Read(tenant.Admin, $"/events?after={head}")).Position.ShouldBeGreaterThanOrEqualTo(head);
    }

    [Fact]
    public async Task A_reader_that_waits_is_answered_when_something_happens()
    {
        var tenant = await shared.App.NewTenant();
        var (_, after) = await Read(tenant.Admin, "/events");
        var waiting = tenant.Admin.Get($"/events?after={after}&wait=20");
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "Somebody" })).Is(201).Id;
        (await waiting).Is(200).Json["data"]!.AsArray().Single()!["subject_id"]!.GetValue<string>().ShouldBe(customer);
    }

    [Fact]
    public async Task A_stream_goes_on_from_the_last_id_that_was_seen()
    {
        var tenant = await shared.App.NewTenant();
        for (var i = 0; i < 3; i++) _ = (await tenant.Admin.Post("/customers", new { full_name = "Somebody" })).Is(201);
        var first = await Stream(tenant, null, 2);
        var rest = Stream(tenant, first[1].Id, 2);
        var last = (await tenant.Admin.Post("/customers", new { full_name = "Somebody" })).Is(201).Id;
        (await rest)[1].Event["subject_id"]!.GetValue<string>().ShouldBe(last);
        first.Concat(await rest).Select(one => one.Event["subject_id"]!.GetValue<string>()).ShouldBe((await Read(tenant.Admin, "/events")).Events.Select(one => one["subject_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_customer_reads_what_is_theirs_and_a_tenant_what_is_its_own()
    {
        var (tenant, other) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        using var customer = await shared.App.NewCustomer(tenant);
        var stranger = (await tenant.Admin.Post("/customers", new { full_name = "Somebody else" })).Is(201).Id;
        _ = (await other.Admin.Post("/customers", new { full_name = "Of others" })).Is(201);
        (await Read(tenant.Admin, "/events")).Events.Count.ShouldBe(2);
        var own = (await customer.Get("/events")).Is(200);
        own.Text.ShouldNotContain(stranger);
        own.Json["data"]!.AsArray().Count.ShouldBe(1);
        (await shared.App.Anonymous.Get("/events")).Is(401);
    }

    [Fact]
    public async Task A_stream_ends_with_the_key_or_the_session_it_was_asked_with()
    {
        var tenant = await shared.App.NewTenant();
        var made = (await tenant.Admin.Post("/api-keys", new { name = "reader" })).Is(201).Json;
        using var anna = await shared.App.NewUser(tenant, Domain.People.UserRole.Staff);
        using var byKey = await Open(made["api_key"]!.GetValue<string>());
        using var bySession = await Open(anna.Token!);
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Before" })).Is(201);
        (await byKey.Next()).ShouldNotBeNull();
        (await bySession.Next()).ShouldNotBeNull();

        _ = (await tenant.Admin.Delete($"/api-keys/{made["id"]}")).Is(204);
        _ = (await anna.Send(HttpMethod.Delete, "/auth/sessions/current", null)).Is(204);
        await Task.Delay(TimeSpan.FromSeconds(2.1));   // As long as a key may be kept.
        _ = (await tenant.Admin.Post("/customers", new { full_name = "After" })).Is(201);
        (await byKey.Next()).ShouldBeNull();
        (await bySession.Next()).ShouldBeNull();

        async Task<OpenStream> Open(string bearer)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shared.App.Address, "/api/v1/events"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            request.Headers.Accept.ParseAdd("text/event-stream");
            var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            return new(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
        }
    }

    /// <summary>A stream that is being read.</summary>
    private sealed record OpenStream(HttpResponseMessage Answer, StreamReader Reader) : IDisposable
    {
        /// <summary>The next event; null when the stream has ended.</summary>
        public async Task<string?> Next()
        {
            while (await Reader.ReadLineAsync() is { } line)
                if (line.StartsWith("data: ", StringComparison.Ordinal)) return line;
            return null;
        }

        public void Dispose()
        {
            Reader.Dispose();
            Answer.Dispose();
        }
    }

    private static string Id(JsonNode one) => one["id"]!.GetValue<string>();

    private static async Task<(IReadOnlyList<JsonNode> Events, long Position)> Read(LedgerClient client, string path)
    {
        var page = (await client.Get(path)).Is(200).Json;
        return ([.. page["data"]!.AsArray().Select(one => one!)], page["position"]!.GetValue<long>());
    }

    /// <summary>Reads so many events of a stream, each with the last id that came by then.</summary>
    private async Task<List<(string Id, JsonNode Event)>> Stream(TestTenant tenant, string? after, int count)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shared.App.Address, "/api/v1/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tenant.Admin.Bearer);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (after is not null) request.Headers.Add("Last-Event-ID", after);
        using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var (seen, id) = (new List<(string, JsonNode)>(), "");
        while (seen.Count < count && await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) seen.Add((id, JsonNode.Parse(line[6..])!));
        }

        return seen;
    }
}
