using System.Globalization;
using System.Text;
using Ledger.EventStore.Audit;

namespace Ledger.Api.Audit;

/// <summary>How far a reader of the trail has come, in the log and beside it.</summary>
/// <param name="Events">Only events ahead of this place are still to come.</param>
/// <param name="Access">Only records of access before this id are.</param>
internal sealed record TrailCursor(EventPlace Events, Guid Access)
{
    public static TrailCursor Start { get; } = new(EventPlace.End, Guid.AllBitsSet);

    public override string ToString() => Convert.ToBase64String(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Events.Position}.{Events.Version}.{Access:N}"))).TrimEnd('=');

    /// <summary>Null for what is no cursor of the trail.</summary>
    public static TrailCursor? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[100];
        if (text.Length > 120 || !Convert.TryFromBase64String(text + new string('=', (4 - text.Length % 4) % 4), bytes, out var length)) return null;
        return Encoding.ASCII.GetString(bytes[..length]).Split('.') is [var position, var version, var access]
            && Number(position) is { } place && Number(version) is { } number && Guid.TryParseExact(access, "N", out var id)
            ? new(new(place, number), id) : null;
    }

    private static long? Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
