using System.Globalization;
using Ledger.Api.Edge;
using Ledger.Domain.Exports;

namespace Ledger.Api.Exports;

/// <summary>Links to the files of exports: signed, and good until the second that stands in them.</summary>
internal sealed class ExportLinks(SignedLinks links, PublicUrl root, IClock clock)
{
    private static readonly Duration GoodFor = Duration.FromHours(1);

    /// <summary>Null where there is no file, or not any more.</summary>
    public async Task<string?> To(Export.Known export, string tenant, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        if (export.Result is not { } file || file.ExpiresAt <= now) return null;
        var until = Instant.Min(now + GoodFor, file.ExpiresAt).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = await links.Sign(tenant, KindUntil(until), export.Id.Value, ct);
        return root.To($"/api/v1/exports/{export.Id.Value}/file?tenant={tenant}&expires={until}&signature={signature}");
    }

    /// <exception cref="ProblemException">The link is not ours, or its time is up.</exception>
    public async Task Check(string tenant, Guid export, string until, string signature, CancellationToken ct)
    {
        await links.Check(tenant, KindUntil(until), export, signature, ct);
        if (clock.GetCurrentInstant() >= Instant.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture)))
            throw new ProblemException(Problem.Of(ExportRejections.LinkExpired));
    }

    private static string KindUntil(string until) => $"export file until {until}";
}
