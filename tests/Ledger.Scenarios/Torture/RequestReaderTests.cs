using System.Buffers.Binary;
using System.Text;
using Ledger.Torture.Wire;

namespace Ledger.Scenarios.Torture;

public class RequestReaderTests
{
    private static readonly byte[] Session =
    [
        .. Message(null, "\0\u0003\0\0user\0ledger\0\0"),
        .. Message('P', "_p1\0select ledger.seal(base => $1)\0\0\0"), .. Message('S', ""),
        .. Message('Q', "COMMIT\0"),
        .. Message('B', "\0_p1\0\0\0\0\0\0\0"), .. Message('E', "\0\0\0\0\0"), .. Message('S', ""),
        .. Message('B', "\0_p2\0\0\0\0\0\0\0"), .. Message('S', ""),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Requests_are_told_apart_however_they_come_in_pieces(int size)
    {
        var reader = new RequestReader();
        var (begun, ends) = (new List<Request>(), 0);
        foreach (var piece in Session.Chunk(size))
        {
            reader.Read(piece);
            begun.AddRange(reader.Begun);
            if (reader.HasEnd) ends++;
        }

        begun.ShouldBe([Request.Commit, Request.Batch, Request.Other]);
        if (size == 1) ends.ShouldBe(4);
    }

    /// <param name="letter">None for the first.</param>
    private static byte[] Message(char? letter, string body)
    {
        var bytes = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        _ = Encoding.ASCII.GetBytes(body, bytes.AsSpan(4));
        return letter is { } one ? [(byte)one, .. bytes] : bytes;
    }
}
