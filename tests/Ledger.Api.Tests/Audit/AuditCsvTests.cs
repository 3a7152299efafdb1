using Ledger.Api.Audit;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Audit;

/// <summary>The trail as a file has the same entries, opens in a spreadsheet without running anything, and says when it was cut.</summary>
[Collection("app")]
public class AuditCsvTests(SharedApp shared)
{
    [Fact]
    public async Task The_file_has_what_the_list_has()
    {
        var tenant = await shared.App.NewTenant();
        var (key, _) = await shared.NewKey(tenant, ApiKeyRole.Admin);
        _ = (await tenant.Admin.Post("/products", new { name = "P" }, "=cmd|'/c calc'!A1")).Is(201);
        var ids = (await shared.Trail(tenant, "action=create")).Select(one => one.Text("id")!).ToList();
        var (status, text) = await shared.Send(HttpMethod.Get, "/audit-logs?action=create", key, accept: "text/csv");
        status.ShouldBe(200);
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("id,position,at,");
        lines.Skip(1).Select(line => line.Split(',')[0]).ShouldBe(ids);
        lines[1].ShouldContain(",'=cmd|'/c calc'!A1,");
        (await shared.Send(HttpMethod.Get, "/audit-logs?action=none", key, accept: "text/csv")).Status.ShouldBe(400);
        (await shared.Send(HttpMethod.Get, "/audit-logs?action=create", key, accept: "application/json, text/csv;q=0.5")).Text.ShouldStartWith("{");
    }

    [Fact]
    public async Task A_file_that_was_cut_says_so_and_where_to_go_on()
    {
        var tenant = await shared.App.NewTenant();
        var all = (await shared.Trail(tenant, "action=create")).Select(one => one.Text("id")!).ToList();
        var filter = new TrailFilter(new EventsWanted(null, null, null, 0, EventPlace.End), null);
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { Response = { Body = body } };
        await new TrailCsv(shared.App.Services.GetRequiredService<TrailReader>(), tenant.Name, filter, TrailCursor.Start, rowsMax: 2).ExecuteAsync(http);
        await http.Response.BodyWriter.FlushAsync();
        var lines = System.Text.Encoding.UTF8.GetString(body.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(4);
        lines[3].ShouldStartWith("Cut after 2 entries:");
        var rest = (await shared.Trail(tenant, $"action=create&after={Uri.EscapeDataString(lines[3].Split("after=")[1])}")).Select(one => one.Text("id")!);
        lines.Skip(1).Take(2).Select(line => line.Split(',')[0]).Concat(rest).ShouldBe(all);
    }

    [Theory]
    [InlineData("plain", "plain"), InlineData(null, ""), InlineData("=1+1", "'=1+1"), InlineData("+1", "'+1"), InlineData("-1", "'-1"), InlineData("@a", "'@a")]
    [InlineData("\ta", "'\ta"), InlineData("\r=1", "\"'\r=1\""), InlineData("a,b", "\"a,b\""), InlineData("a\"b", "\"a\"\"b\""), InlineData("=a,b", "\"'=a,b\"")]
    public void A_field_is_quoted_and_never_a_formula(string? text, string field) => TrailCsv.Field(text).ShouldBe(field);
}
