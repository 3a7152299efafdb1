using System.Buffers.Binary;
using System.Text;

namespace Ledger.Torture.Wire;

/// <summary>What a client asks of PostgreSQL, as far as it matters where a connection is cut.</summary>
internal enum Request { Other, Batch, Charge, Commit }

/// <summary>Reads what a client sends, piece by piece, and tells which requests begin and end in it.</summary>
/// <remarks>Knows as much of the protocol as that takes: the frames, and which prepared statement is whose.</remarks>
internal sealed class RequestReader
{
    private const int BodyKept = 2048;
    private readonly Dictionary<string, Request> statements = [];
    private readonly byte[] frame = new byte[5];
    private readonly byte[] body = new byte[BodyKept];
    private int framed, kept;
    private long left;
    private bool isGreeted;

    /// <summary>The requests that begin in this piece.</summary>
    public List<Request> Begun { get; } = [];

    /// <summary>Whether a request is complete with this piece: the server will answer.</summary>
    public bool HasEnd { get; private set; }

    public void Read(ReadOnlySpan<byte> piece)
    {
        Begun.Clear();
        HasEnd = false;
        while (piece.Length > 0) piece = left > 0 ? piece[Body(piece)..] : piece[Frame(piece)..];
    }

    private int Frame(ReadOnlySpan<byte> piece)
    {
        // The first message has no letter before its length.
        if (!isGreeted && framed == 0) frame[framed++] = (byte)'?';
        var taken = Math.Min(5 - framed, piece.Length);
        piece[..taken].CopyTo(frame.AsSpan(framed));
        framed += taken;
        if (framed < 5) return taken;
        left = BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1)) - 4;
        kept = 0;
        if (left == 0) End();
        return taken;
    }

    private int Body(ReadOnlySpan<byte> piece)
    {
        var taken = (int)Math.Min(left, piece.Length);
        var keep = Math.Min(taken, BodyKept - kept);
        piece[..keep].CopyTo(body.AsSpan(kept));
        (kept, left) = (kept + keep, left - taken);
        if (left == 0) End();
        return taken;
    }

    private void End()
    {
        switch ((char)frame[0])
        {
            case 'P': statements[Text(0, out var next)] = Of(Text(next, out _)); break;
            case 'B':
                _ = Text(0, out var name);
                Begun.Add(statements.GetValueOrDefault(Text(name, out _)));
                break;
            case 'Q':
                Begun.Add(Of(Text(0, out _)));
                HasEnd = true;
                break;
            case 'S': HasEnd = true; break;
        }

        (framed, isGreeted) = (0, true);
    }

    private static Request Of(string sql) =>
        sql.Contains("ledger.begin_batch(", StringComparison.Ordinal) || sql.Contains("ledger.seal(", StringComparison.Ordinal) ? Request.Batch
        : sql.Contains("sandbox.charge(", StringComparison.Ordinal) ? Request.Charge
        : sql.StartsWith("COMMIT", StringComparison.OrdinalIgnoreCase) ? Request.Commit
        : Request.Other;

    private string Text(int from, out int next)
    {
        var length = body.AsSpan(from, kept - from).IndexOf((byte)0);
        if (length < 0) length = kept - from;
        next = Math.Min(kept, from + length + 1);
        return Encoding.UTF8.GetString(body, from, length);
    }
}
