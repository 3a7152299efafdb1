using System.Reflection;
using NodaTime.Text;

namespace Ledger.Api.Requests;

/// <summary>The instant, by the tenant's clock, as of which something is asked for: <c>as_of</c>; null for now.</summary>
public sealed record AsOf(Instant? Instant)
{
    public static ValueTask<AsOf> BindAsync(HttpContext http, ParameterInfo _)
    {
        var text = http.Request.Query["as_of"].ToString();
        if (text.Length == 0) return ValueTask.FromResult(new AsOf((Instant?)null));
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        Check.That(parsed.Success, "as_of", "not_an_instant", "An instant in UTC, as 2026-03-10T09:30:00Z.").OrRefuse();
        return ValueTask.FromResult(new AsOf(parsed.Value));
    }
}
