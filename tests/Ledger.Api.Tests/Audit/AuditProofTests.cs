using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ledger.EventStore.Database;
using Ledger.EventStore.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Audit;

/// <summary>A proof is checked by a program that has nothing of ours, and is not believed once anything in it was altered.</summary>
[Collection("app")]
public sealed partial class AuditProofTests(SharedApp shared) : IDisposable
{
    private readonly TestDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [PythonFact]
    public async Task A_proof_holds_up_to_a_signed_head_and_what_was_altered_does_not()
    {
        var (tenant, id) = await Event();
        var keyPath = Path.Combine(directory.Path, "head.key");
        HeadKeys.Create(keyPath);
        using var key = HeadKeys.Read(keyPath);
        var database = shared.App.Services.GetRequiredService<LedgerDatabase>();
        var head = SignedHead.Sign(await LogHead.Read(database, CancellationToken.None), key);
        await new SignedHeads(database).Keep(head, CancellationToken.None);

        var proof = (await tenant.Admin.Get($"/audit-logs/{id}/proof")).Is(200).Json;
        proof["next_block"].ShouldBeNull();
        proof["head"]!.Text("hash").ShouldBe(head.Hash);
        proof["chain"]!.AsArray()[^1]!.Text("hash").ShouldBe(head.Hash);
        Check(proof, keyPath + ".pub").ShouldBe(0);
        foreach (var (what, alter) in Alterations)
        {
            var altered = proof.DeepClone();
            alter(altered);
            Check(altered, keyPath + ".pub").ShouldBe(1, what);
        }

        _ = (await tenant.Admin.Post("/products", new { name = "Later" })).Is(201);
        var newest = SignedHead.Sign(await LogHead.Read(database, CancellationToken.None), key);
        await new SignedHeads(database).Keep(newest, CancellationToken.None);
        (await tenant.Admin.Get($"/audit-logs/{id}/proof?head=nearest")).Is(200).Json["head"]!.Text("hash").ShouldBe(head.Hash);
        (await tenant.Admin.Get($"/audit-logs/{id}/proof?head=newest")).Is(200).Json["head"]!.Text("hash").ShouldBe(newest.Hash);

        HeadKeys.Create(keyPath + "2");
        Check(proof, keyPath + "2.pub").ShouldBe(1, "another key");
    }

    [PythonFact]
    public async Task A_proof_without_a_head_says_what_it_leaves_open_and_ends_where_the_log_does()
    {
        var (tenant, id) = await Event();
        var proof = (await tenant.Admin.Get($"/audit-logs/{id}/proof")).Is(200).Json;
        _ = proof.AsObject().Remove("head");
        proof["chain"] = new JsonArray();
        Check(proof, key: null).ShouldBe(0);
        ((long)proof["event"]!["seq_id"]!).ShouldBeGreaterThan(0);
    }

    [PythonFact]
    public async Task Pages_of_a_chain_follow_each_other()
    {
        var (tenant, id) = await Event();
        for (var i = 0; i < 3; i++) _ = (await tenant.Admin.Post("/products", new { name = "P" })).Is(201);
        var first = (await tenant.Admin.Get($"/audit-logs/{id}/proof")).Is(200).Json;
        var chain = first["chain"]!.AsArray();
        chain.Count.ShouldBeGreaterThan(2);
        var from = (long)chain[1]!["first_position"]!;
        var second = (await tenant.Admin.Get($"/audit-logs/{id}/proof?from_block={from}")).Is(200).Json;
        ((long)second["chain"]![0]!["first_position"]!).ShouldBe(from);
        (await tenant.Admin.Get($"/audit-logs/{id}/proof?from_block=0")).Refuses(400, "validation_failed");
        (await tenant.Admin.Get($"/audit-logs/{id}/proof?head=oldest")).Refuses(400, "validation_failed");
        var page = chain.Skip(1).Select(one => one!.DeepClone()).ToArray();
        first["chain"] = new JsonArray(chain[0]!.DeepClone());
        second["chain"] = new JsonArray(page);
        foreach (var one in new[] { first, second }) _ = one.AsObject().Remove("head");
        Check([first, second], key: null).ShouldBe(0);
        Check([second, first], key: null).ShouldBe(1, "pages in another order");
    }

    [PythonFact]
    public void The_worked_example_of_the_page_is_right()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs/audit-proof.md"));
        var example = JsonNode.Parse(JsonFence().Match(page).Groups[1].Value)!;
        File.WriteAllText(Path.Combine(directory.Path, "example.pub"), PemFence().Match(page).Groups[1].Value);
        Check(example, Path.Combine(directory.Path, "example.pub")).ShouldBe(0);
        var hashed = TextFence().Match(page).Groups[1].Value;
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed))).ShouldBe(example["digest"]!.Text("sha256"));
        example["event"]!["data"] = example["event"]!.Text("data") + " ";
        Check(example, Path.Combine(directory.Path, "example.pub")).ShouldBe(1);
    }

    private static IEnumerable<(string What, Action<JsonNode> Alter)> Alterations =>
    [
        ("what the event says", proof => proof["event"]!["data"] = proof["event"]!.Text("data")!.Replace("Anna", "Eve", StringComparison.Ordinal) + " "),
        ("who did it", proof => proof["event"]!["headers"] = proof["event"]!.Text("headers")!.Replace("api_key", "api_kex", StringComparison.Ordinal)),
        ("when", proof => proof["event"]!["recorded_at"] = (long)proof["event"]!["recorded_at"]! + 1),
        ("its place", proof => proof["event"]!["seq_id"] = (long)proof["event"]!["seq_id"]! + 1),
        ("a number that is a text", proof => proof["event"]!["seq_id"] = proof["event"]!.Text("seq_id")),
        ("an id that is none", proof => proof["event"]!["id"] = proof["event"]!.Text("id")!.ToUpperInvariant()),
        ("the digest", proof => proof["digest"]!["sha256"] = new string('0', 64)),
        ("a digest in the block", proof => proof["block"]!["digests"] = Flip(proof["block"]!.Text("digests")!)),
        ("the hash of the block", proof => proof["block"]!["hash"] = Flip(proof["block"]!.Text("hash")!)),
        ("the block before", proof => proof["block"]!["previous"] = Flip(proof["block"]!.Text("previous")!)),
        ("the order of the blocks", proof => proof["chain"] = new JsonArray([.. proof["chain"]!.AsArray().Reverse().Select(one => one!.DeepClone())])),
        ("a block that is missing", proof => proof["chain"]!.AsArray().RemoveAt(0)),
        ("a hash in the chain", proof => proof["chain"]![0]!["hash"] = Flip(proof["chain"]![0]!.Text("hash")!)),
        ("the head", proof => proof["head"]!["hash"] = Flip(proof["head"]!.Text("hash")!)),
        ("the signature", proof => proof["head"]!["recorded_at"] = "2020-01-01T00:00:00Z"),
        ("the format", proof => proof["format"] = "ledger proof 2"),
        ("a member that is gone", proof => proof["event"]!.AsObject().Remove("data")),
    ];

    /// <summary>A tenant, and an event of it with more blocks behind it.</summary>
    private async Task<(TestTenant Tenant, string Id)> Event()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Post("/products", new { name = "Anna" })).Is(201);
        for (var i = 0; i < 2; i++) _ = (await tenant.Admin.Post("/products", new { name = "P" })).Is(201);
        return (tenant, (await shared.Trail(tenant, "resource_type=product"))[2].Text("id")!);
    }

    private int Check(JsonNode proof, string? key) => Check([proof], key);

    /// <summary>The exit code of the checking program.</summary>
    private int Check(IReadOnlyList<JsonNode> pages, string? key, [CallerArgumentExpression(nameof(pages))] string what = "")
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Root(), "tools/check-proof/check_proof.py"));
        for (var i = 0; i < pages.Count; i++)
        {
            var path = Path.Combine(directory.Path, $"page{i}.json");
            File.WriteAllText(path, pages[i].ToJsonString());
            start.ArgumentList.Add(path);
        }

        if (key is not null)
        {
            start.ArgumentList.Add("--key");
            start.ArgumentList.Add(key);
        }

        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        var failed = process.StandardError.ReadToEnd();
        process.WaitForExit();
        failed.ShouldBeEmpty(what);
        said.ShouldStartWith(process.ExitCode == 0 ? "Proven:" : "NOT PROVEN:");
        if (process.ExitCode == 0) said.ShouldContain("Not proven:");
        return process.ExitCode;
    }

    /// <summary>Another hex digit in the place of the first.</summary>
    private static string Flip(string hex) => (hex[0] == '0' ? '1' : '0') + hex[1..];

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonFence();

    [GeneratedRegex("```text\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex TextFence();

    [GeneratedRegex("(-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----)", RegexOptions.Singleline)]
    private static partial Regex PemFence();
}
