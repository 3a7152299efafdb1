using System.IO.Compression;
using System.Runtime.CompilerServices;
using Ledger.EventStore.PersonalData;

namespace Ledger.Application.Exports;

/// <summary>The parts of files, packed and sealed under the tenant's key. A part never changes; after a day it is gone.</summary>
public sealed class ExportParts(LedgerDatabase database, PersonalKeys keys) : IForgets
{
    /// <summary>How long a file is there, from when it was complete.</summary>
    public static readonly Duration KeptFor = Duration.FromHours(24);

    /// <summary>Of what a file is made later.</summary>
    internal const string Rows = "rows";

    /// <summary>The file itself.</summary>
    internal const string Whole = "file";

    /// <summary>The part written last; null before the first.</summary>
    internal async Task<ExportPlace?> Last(string tenant, Guid export, string kind, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select number, rows_so_far, after_position, sums from ledger.export_parts where tenant_id = $1 and export_id = $2 and kind = $3
            order by number desc limit 1
            """, [tenant, export, kind],
            row => new ExportPlace(row.GetInt32(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetInt64(2), row.GetString(3)), ct)).FirstOrDefault();

    /// <summary>How many rows were written so far, for exports that are under way.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> Progress(string tenant, IReadOnlyCollection<Guid> exports, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select export_id, max(rows_so_far) from ledger.export_parts where tenant_id = $1 and export_id = any($2) group by export_id
            """, [tenant, exports.ToArray()], row => (row.GetGuid(0), row.GetInt64(1)), ct)).ToDictionary();

    /// <summary>Fails when somebody else has written the part meanwhile: the work is theirs.</summary>
    internal async Task Add(string tenant, Guid export, string kind, ExportPlace place, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var packed = new MemoryStream();
        await using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await zip.WriteAsync(content, ct);
        var key = await keys.TenantKey(tenant, ct);
        _ = await database.RunAsWorker("""
            insert into ledger.export_parts (tenant_id, export_id, kind, number, content, rows_so_far, after_position, sums) values ($1, $2, $3, $4, $5, $6, $7, $8)
            """, [tenant, export, kind, place.Number, key.SealBytes(packed.GetBuffer().AsSpan(0, (int)packed.Length)), place.Rows,
                OrNull.Of(place.After), place.Sums], ct);
    }

    /// <summary>The parts in their order, one at a time.</summary>
    public async IAsyncEnumerable<byte[]> Read(string tenant, Guid export, string kind, [EnumeratorCancellation] CancellationToken ct)
    {
        var key = await keys.TenantKey(tenant, ct);
        for (var number = 0; ; number++)
        {
            var found = await database.QueryAsTenant(
                tenant, "select content from ledger.export_parts where tenant_id = $1 and export_id = $2 and kind = $3 and number = $4",
                [tenant, export, kind, number], row => row.GetFieldValue<byte[]>(0), ct);
            if (found.Count == 0) yield break;
            await using var zip = new ZLibStream(new MemoryStream(key.OpenBytes(found[0])), CompressionMode.Decompress);
            var plain = new MemoryStream();
            await zip.CopyToAsync(plain, ct);
            yield return plain.ToArray();
        }
    }

    internal Task Drop(string tenant, Guid export, string kind, CancellationToken ct) =>
        database.RunAsWorker("delete from ledger.export_parts where tenant_id = $1 and export_id = $2 and kind = $3", [tenant, export, kind], ct);

    /// <summary>Forgets what has expired; a bounded number at a time.</summary>
    /// <returns>How many; 0 when there are no more.</returns>
    public Task<int> Forget(Instant now, CancellationToken ct) => database.RunAsWorker("""
        delete from ledger.export_parts where ctid = any(array(select ctid from ledger.export_parts where stored_at < $1 limit 100))
        """, [now - KeptFor - Duration.FromHours(1)], ct);
}

/// <summary>How far an export has come with a part.</summary>
/// <param name="Rows">All up to here.</param>
/// <param name="After">Where the next part goes on; null when this is the last.</param>
/// <param name="Sums">Of the amounts so far, by column and currency, as JSON.</param>
internal sealed record ExportPlace(int Number, long Rows, long? After, string Sums);
