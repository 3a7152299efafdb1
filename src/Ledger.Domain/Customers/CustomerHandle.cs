namespace Ledger.Domain.Customers;

/// <summary>A short name for people, made from the customer's id.</summary>
public static class CustomerHandle
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int Length = 10;

    /// <summary>The same for the same id: <c>cust-</c> and ten letters that are not mistaken for one another.</summary>
    public static string For(CustomerId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = DerivedId.Of(id.Value, "handle").TryWriteBytes(bytes);
        var handle = new char[Length];
        for (var i = 0; i < Length; i++) handle[i] = Letters[bytes[i] % Letters.Length];
        return $"cust-{new string(handle)}";
    }
}
