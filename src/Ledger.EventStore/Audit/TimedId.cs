using System.Buffers.Binary;

namespace Ledger.EventStore.Audit;

/// <summary>Ids of version 7 and the moments that they stand for.</summary>
public static class TimedId
{
    private static readonly Instant Last = Instant.FromUtc(9000, 1, 1, 0, 0);

    /// <summary>A fresh id of a moment; of two moments a microsecond apart, the ids are in the same order.</summary>
    /// <remarks>The twelve bits behind the millisecond are its fraction, as RFC 9562 allows; the rest is random.</remarks>
    public static Guid New(Instant at)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = Guid.CreateVersion7(at.ToDateTimeOffset()).TryWriteBytes(bytes, bigEndian: true, out _);
        var ticks = at.ToUnixTimeTicks() % NodaConstants.TicksPerMillisecond;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | (ticks * 4096 / NodaConstants.TicksPerMillisecond)));
        return new(bytes, bigEndian: true);
    }

    /// <summary>The millisecond in which an id was made.</summary>
    public static Instant MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return Instant.FromUnixTimeMilliseconds(Math.Min(milliseconds, Last.ToUnixTimeMilliseconds()));
    }

    /// <summary>No id that was made at this moment or later comes before it.</summary>
    public static Guid FirstAt(Instant at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (ulong)Math.Max(0, at.ToUnixTimeMilliseconds()) << 16);
        return new(bytes, bigEndian: true);
    }
}
