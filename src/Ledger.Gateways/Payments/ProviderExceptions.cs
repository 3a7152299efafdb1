namespace Ledger.Gateways.Payments;

/// <summary>A provider gave no answer that is an outcome of the charge.</summary>
public abstract class ProviderException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>No answer came in time, or the connection broke: it may have charged. The key must be asked about.</summary>
public sealed class ProviderOutcomeUnknownException(string message, Exception? cause = null)
    : ProviderException(message, cause);

/// <summary>The request was never sent: surely nothing was charged, and the same key may be tried again.</summary>
public sealed class ProviderUnavailableException(string message, Exception? cause = null)
    : ProviderException(message, cause);

/// <summary>The key has been used for another token, amount or currency. A fault of the caller; nothing was charged.</summary>
public sealed class ProviderConflictException(string message) : ProviderException(message);

/// <summary>The key was found never to have charged, which closed it: surely nothing was charged. Use a new key.</summary>
public sealed class ProviderKeyVoidException(string message) : ProviderException(message);

/// <summary>The provider does not take this card or token. The message never holds a card number.</summary>
/// <param name="code">Public, snake_case: <c>invalid_card_number</c>, <c>unknown_token</c>, …</param>
public sealed class CardRefusedException(string code, string message) : ProviderException(message)
{
    public string Code { get; } = code;
}
