namespace Ledger.Api.Tests.Fuzz;

/// <summary>What goes wrong elsewhere: values that some program, some time, has stumbled over.</summary>
internal static class Hostile
{
    /// <summary>Texts, for paths, queries and headers.</summary>
    public static readonly string[] Texts =
    [
        "", " ", "0", "-1", "null", "undefined", "NaN", "true", "[]", "{}", "99999999999999999999", "-9223372036854775808", "1e999", "0x10", "١٢٣",
        "'; drop table public.mt_events; --", "' or '1'='1", "\" or 1=1 --", "%' and pg_sleep(5)::text = '", "\\", "%", "_", "$1", "{0}", "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>", "{{7*7}}", "${7*7}", "<%= 7*7 %>", "#{7*7}", "${jndi:ldap://127.0.0.1/a}", "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "..\\..\\x",
        "file:///etc/passwd", "http://169.254.169.254/", "javascript:alert(1)", "a\r\nSet-Cookie: x=1", "a\nb", "a\0b", "\u202Egnp.exe", "e\u0301\u0301\u0301\u0301", "😀𝒳👩‍👩‍👧‍👦", "\uFEFFx",
        "İıſK", "ﬀ", "Ａ", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "2026-02-30", "9999-12-31", "0000-00-00", "-9998-01-01",
        "9999-12-31T23:59:59.999999999Z", "-9998-01-01T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "me", "current", "*", "W/\"1\"", "\"1\"", "\"9223372036854775807\"", "bytes=0-",
        new('x', 300), new('9', 400), new('%', 200), new('a', 5000),
    ];

    /// <summary>What may stand where a JSON value is expected, as it is written. Some are no JSON.</summary>
    public static readonly string[] Fragments =
    [
        "null", "true", "0", "-0", "-1", "1.5", "1e999", "1e-400", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "99999999999999999999999999999999", "2147483648",
        "\"\"", "\" \"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"x\\ud83d\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\u202egnp\"", "\"e\\u0301\\u0301\\u0301\"", "\"\\ufeff\"", "\"\\ud83d\\ude00\"", "\"😀𝒳\"", "\"\\uffff\"",
        "\"'; drop table public.mt_events; --\"", "\"<script>alert(1)</script>\"", "\"{{7*7}}${7*7}\"", "\"../../../etc/passwd\"", "\"a\\r\\nSet-Cookie: x=1\"", "\"%00%0d%0a\"",
        "\"file:///etc/passwd\"", "\"http://169.254.169.254/\"", "\"https://a:b@shop.example/\"", "\"javascript:alert(1)\"", "\"\\\\\\\\server\\\\share\"", "\"http://[::1\"", "\"https://shop.example/\\u202e\"",
        "\"2026-02-30\"", "\"9999-12-31\"", "\"-9998-01-01\"", "\"0001-01-01\"", "\"9999-12-31T23:59:59.999999999Z\"", "\"-9998-01-01T00:00:00Z\"", "\"2026-01-01\"", "\"every_0_days\"", "\"every_99999999999_years\"", "\"every_2147483647_months\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"{0198f3a2-5c1e-7c3f-9a51-2f4e8d0b7c66}\"", "\"isk\"", "\"XXX\"", "\"Etc/Nowhere\"", "\"1e5\"", "\"-0.1\"", "\"0.99999999999999999999999999999\"", "\"99999999999999999999\"",
        "{\"amount\":-1,\"currency\":\"ISK\"}", "{\"amount\":9223372036854775807,\"currency\":\"ISK\"}", "{\"amount\":1000000000000000,\"currency\":\"ISK\"}", "{\"amount\":1,\"currency\":\"USD\"}", "{\"amount\":1}",
        "{\"amount\":1,\"amount\":2,\"currency\":\"ISK\"}", "[]", "{}", "[null]", "[[[]]]", "{\"$type\":\"System.Object\"}", "{\"__proto__\":{}}", "{\"\":\"\"}", "{\"\\ud800\":\"x\"}", "{\"a\\u0000\":\"x\"}", "{\"a\":null}", "{\"a\":{\"b\":1}}",
        Text(300), Text(5000), Text(70_000), Deep(70), Deep(3000), Many(300), "NaN", "Infinity", "01", "+1", "'x'", "/* x */ 1", "\"\t\"", "\"\\x\"", "\"", "{", "[1,]", "tru", "\u00a0",
    ];

    public static readonly string[] ContentTypes =
    [
        "text/plain", "application/xml", "multipart/form-data; boundary=x", "multipart/form-data", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "application/json; charset=nonsense",
        "application/problem+json", "application/json, text/plain", "json", "*/*", "application/json;", "APPLICATION/JSON", ";;;",
    ];

    public static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "get", "X-ODD", "BREW"];

    public static readonly string[] Paths =
    [
        "/", "//", "/api", "/api/v1", "/api/v1/", "/api/v2/customers", "/API/V1/CUSTOMERS", "/api/v1//customers", "/api/v1/customers/", "/api/v1/customers/../products", "/api/v1/%2e%2e/%2e%2e/etc/passwd",
        "/api/v1/customers%2f..%2fproducts", "/api/v1/customers/%00", "/api/v1/customers/%ff%fe", "/api/v1/customers/me", "/api/v1/customers/me/../../products", "/api/v1/customers/%6de", "/api/v1/customers;x=1", "/api/v1/customers.json",
        "/docs", "/docs/", "/docs/index.html", "/docs/../appsettings.json", "/docs/%2e%2e/%2e%2e/appsettings.json", "/docs/problems", "/docs/problems/", "/docs/problems/%0d%0a", "/sandbox/setups/x", "/sandbox/setups/%00", "/.well-known/jwks.json",
        "/.env", "/.git/config", "/favicon.ico", "/wwwroot", "/api/v1/openapi.json", "/api/v1/openapi.yaml", "/%", "/%zz", "/\\..\\x", "/api/v1/customers/😀", "/api/v1/setup-sessions/00000000-0000-0000-0000-000000000000/callback",
        "/api/v1/" + new string('x', 3000), "/api/v1" + string.Concat(Enumerable.Repeat("/x", 500)),
    ];

    public static readonly string[] Headers =
    [
        "Idempotency-Key", "If-Match", "If-None-Match", "Ledger-Min-Position", "Authorization", "Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "Forwarded", "X-Original-URL", "X-Rewrite-URL",
        "X-HTTP-Method-Override", "Accept", "Accept-Encoding", "Accept-Language", "Cookie", "Origin", "Referer", "User-Agent", "X-CSRF-Token", "Range", "Expect", "traceparent", "tracestate", "baggage", "Content-Encoding", "Request-Id", "Content-Language",
    ];

    private static string Text(int length) => $"\"{new string('x', length)}\"";

    private static string Deep(int levels) => new string('[', levels) + new string(']', levels);

    private static string Many(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(n => $"\"k{n}\":\"v\""))}}}";
}
