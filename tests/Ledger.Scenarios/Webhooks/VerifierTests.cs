using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ledger.Scenarios.Webhooks;

/// <summary>The libraries that consumers use take what is sent, and nothing else.</summary>
public class VerifierTests(WebhookApp shared) : IClassFixture<WebhookApp>
{
    [NodeFact]
    public async Task The_usual_libraries_take_what_is_sent_and_refuse_what_was_altered()
    {
        var tenant = await shared.App.NewTenant();
        var endpoint = await Endpoint.Register(shared, tenant.Admin);
        var rotated = (await endpoint.Do("rotate-secret", new { })).Is(200).Json["secret"]!.GetValue<string>();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Somebody", external_id = "þð-1" })).Is(201);
        var told = (await endpoint.Wait(1)).Single();
        var first = new Sent(endpoint.Secret!, told.Body, told.Headers["webhook-id"], told.Headers["webhook-timestamp"], told.Headers["webhook-signature"]);
        Sent[] good = [first, first with { Secret = rotated }];
        Sent[] bad =
        [
            first with { Body = told.Body.Replace("customer.created", "customer.deleted", StringComparison.Ordinal) },
            first with { Body = told.Body + " " },
            first with { Id = Guid.NewGuid().ToString() },
            first with { Timestamp = (long.Parse(first.Timestamp, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture) },
            first with { Timestamp = (long.Parse(first.Timestamp, CultureInfo.InvariantCulture) - 3600).ToString(CultureInfo.InvariantCulture) },
            first with { Secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=" },
            first with { Signature = "" },
            first with { Signature = first.Signature.Replace("v1,", "v2,", StringComparison.Ordinal) },
        ];

        var verdicts = await Verify([.. good, .. bad]);
        verdicts.Take(good.Length).ShouldAllBe(one => one.GetProperty("standardwebhooks").GetBoolean() && one.GetProperty("svix").GetBoolean());
        verdicts.Skip(good.Length).ShouldAllBe(one => !one.GetProperty("standardwebhooks").GetBoolean() && !one.GetProperty("svix").GetBoolean());
        verdicts.Count.ShouldBe(good.Length + bad.Length);
    }

    private static async Task<List<JsonElement>> Verify(IEnumerable<Sent> all)
    {
        using var node = Process.Start(new ProcessStartInfo("node", "verify.mjs")
        {
            WorkingDirectory = NodeFactAttribute.Folder(), RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        foreach (var one in all)
        {
            await node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new
            {
                secret = one.Secret, body = one.Body,
                headers = new Dictionary<string, string> { ["webhook-id"] = one.Id, ["webhook-timestamp"] = one.Timestamp, ["webhook-signature"] = one.Signature },
            }));
        }

        node.StandardInput.Close();
        var (said, errors) = (await node.StandardOutput.ReadToEndAsync(), await node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0, errors);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private sealed record Sent(string Secret, string Body, string Id, string Timestamp, string Signature);
}
