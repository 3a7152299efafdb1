using System.Security.Cryptography;

namespace Ledger.EventStore.PersonalData;

/// <summary>The master keys at hand do not do. The message says which key is meant and what to do, and never a key itself.</summary>
public sealed class MasterKeyException(string message) : CryptographicException(message);
