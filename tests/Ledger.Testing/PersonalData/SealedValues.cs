using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Ledger.EventStore.PersonalData;

namespace Ledger.Testing.PersonalData;

/// <summary>All that anybody with the master keys could open in a database, whatever it is and wherever it stands.</summary>
public static partial class SealedValues
{
    /// <summary>Tries every stored text that could be sealed with every stored text that could be a wrapped key.</summary>
    public static async Task<IReadOnlyList<(string Table, byte[] Plain)>> Open(StoredBytes stored, MasterKeys master)
    {
        var candidates = new List<(string Table, byte[] Bytes)>();
        await foreach (var (table, row) in stored.Rows())
        {
            foreach (var match in Hex().EnumerateMatches(row)) candidates.Add((table, Convert.FromHexString(row.AsSpan(match.Index + 2, match.Length - 2))));
            foreach (var match in Base64().EnumerateMatches(row))
            {
                var text = row.Substring(match.Index, match.Length);
                if (text.Length % 4 == 0) candidates.Add((table, Convert.FromBase64String(text)));
            }
        }

        var keys = candidates.SelectMany(one => master.All.Select(key => key.TryUnwrap(one.Bytes)).OfType<byte[]>())
            .DistinctBy(Convert.ToHexString).Select(secret => new SubjectKey(secret)).ToList();
        return [.. candidates.SelectMany(one => keys.Select(key => (one.Table, Plain: Opened(key, one.Bytes))))
            .Where(one => one.Plain is not null).Select(one => (one.Table, one.Plain!))];
    }

    private static byte[]? Opened(SubjectKey key, byte[] bytes)
    {
        try { return key.OpenBytes(bytes); }
        catch (CryptographicException) { return null; }
    }

    [GeneratedRegex(@"\\x(?:[0-9a-f]{2}){29,}")]
    private static partial Regex Hex();

    [GeneratedRegex("[A-Za-z0-9+/]{38,}={0,2}")]
    private static partial Regex Base64();
}
