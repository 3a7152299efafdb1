using Ledger.Domain.Customers;

namespace Ledger.Application.Customers;

/// <summary>The short name that people know a customer by. It follows from the id, so making a customer twice makes one name.</summary>
public static class CustomerHandles
{
    private const string Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";   // Crockford's base 32: nothing looks like anything else.
    private const int LettersMax = 12;

    /// <summary><c>C-</c> and the 60 random bits at the end of the id: <c>C-7ZB4Q0K9M2XW</c>.</summary>
    public static string Of(CustomerId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return "C-" + string.Create(LettersMax, bits, static (text, rest) =>
        {
            for (var i = text.Length - 1; i >= 0; i--, rest >>= 5) text[i] = Letters[(int)(rest & 31)];
        });
    }
}
