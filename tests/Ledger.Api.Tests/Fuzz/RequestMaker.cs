using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>Makes hostile requests of every operation, by every caller, and of what is no operation.</summary>
internal sealed partial class RequestMaker(JsonNode document, FuzzWorld world, FuzzChance chance)
{
    private readonly IReadOnlyList<FuzzOperation> operations = FuzzOperation.Of(document);
    private readonly BodyMaker bodies = new(document, world.Ids, chance);
    private int made;

    /// <summary>They wait for workers, of which there are none here, before they answer: seconds each. After the first round most of their batches go to others.</summary>
    private static readonly string[] Slow = ["runBilling", "deletePaymentMethod", "deleteCustomer", "deleteProduct", "deleteProductVariation",
        "deleteProductCategory", "deleteProductTag", "deleteProductAttribute"];

    public IReadOnlyList<string> Operations => [.. operations.Select(one => one.Id)];

    /// <summary>Every operation has its batch, and every caller at it.</summary>
    public HostileRequest Next()
    {
        var number = made++;
        var operation = operations[number % operations.Count];
        while (number >= operations.Count && Slow.Contains(operation.Id) && !chance.Is(20)) operation = chance.One(operations);
        var caller = world.Callers[(number / operations.Count + number) % world.Callers.Count];
        if (operation.Id == "endSession" && caller.Name == "customer") caller = world.Callers[0];   // Who has logged out asks no more.

        var isOdd = number >= operations.Count && chance.Is(6);   // The first round asks each operation at its own path.
        var method = isOdd || chance.Is(3) ? chance.One(Hostile.Methods) : operation.Method;
        var target = isOdd ? chance.One(Hostile.Paths) : Target(operation, mayBeOwn: method != "DELETE");
        var hasBody = operation.Body is not null ? !chance.Is(4) : chance.Is(5);
        var body = hasBody ? operation.Body is { } schema ? bodies.Make(schema) : System.Text.Encoding.UTF8.GetBytes(chance.One(Hostile.Fragments)) : null;
        return new(
            number, isOdd ? "odd path" : operation.Id, caller.Name, method, target, Headers(operation, caller), method is "TRACE" ? null : body,
            chance.Is(92) ? "application/json" : chance.Is(20) ? null : chance.One(Hostile.ContentTypes));
    }

    private string Target(FuzzOperation operation, bool mayBeOwn)
    {
        var path = Parameter().Replace(operation.Path, part => chance.Is(80)
            ? mayBeOwn ? world.Ids.One(part.Groups[1].Value, chance) : world.Ids.Other(part.Groups[1].Value, chance)
            : Escaped(chance.One(Hostile.Texts)));
        var query = new List<string>();
        foreach (var (name, _) in operation.Parameters.Where(one => one.In == "query"))
        {
            if (!chance.Is(35)) continue;
            var value = name.EndsWith("_id", StringComparison.Ordinal) && chance.Is(50) ? world.Ids.One(name, chance)
                : chance.Is(30) ? chance.One(["1", "0", "200", "cDE=", "total", "2025-11-01", "2025-11-01T00:00:00Z", "active", "pending"]) : chance.One(Hostile.Texts);
            query.Add($"{name}={Escaped(value)}");
            if (chance.Is(10)) query.Add($"{name}={Escaped(chance.One(Hostile.Texts))}");
            if (chance.Is(3)) query.Add($"{name}[]=1");
        }

        if (chance.Is(3)) query.Add(string.Join('&', Enumerable.Range(0, chance.Int(1, 200)).Select(n => $"p{n}=x")));
        return query.Count == 0 ? path : $"{path}?{string.Join('&', query)}";
    }

    /// <summary>Mostly as it should be; sometimes in the raw.</summary>
    private string Escaped(string text) => chance.Is(97) ? Uri.EscapeDataString(text) : new([.. text.Where(letter => letter is > ' ' and <= '~' and not ('#' or '?'))]);

    private List<(string, string)> Headers(FuzzOperation operation, FuzzCaller caller)
    {
        var headers = new List<(string, string)> { ("X-Forwarded-For", $"198.51.{chance.Int(0, 255)}.{chance.Int(1, 254)}") };   // As from many places: limits are by address.
        if (caller.Bearer is { } bearer) headers.Add(("Authorization", $"Bearer {bearer}"));
        if (operation.Method == "POST" && chance.Is(90)) headers.Add(("Idempotency-Key", Guid.NewGuid().ToString()));
        while (chance.Is(12))
        {
            var name = chance.One(Hostile.Headers);
            if (name is "Authorization" && caller.Bearer is not null && chance.Is(80)) continue;
            var value = chance.Is(15) ? $"Bearer {chance.One(Hostile.Texts)}" : chance.One(Hostile.Texts);
            headers.Add((name, new([.. value.Where(letter => letter is not ('\r' or '\n' or '\0'))])));   // The client itself sends none of these.
        }

        return headers;
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Parameter();
}
