using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Entered;

namespace Ledger.Application.People;

/// <summary>How an e-mail address is known without being stored: by a keyed hash of its one normal form.</summary>
public static class EmailTokens
{
    public static byte[] EmailToken(this SubjectKey key, string address) => key.Token("email", EmailAddress.Key(address));
}
