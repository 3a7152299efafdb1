namespace Ledger.Gateways.Post;

/// <summary>Sends short messages to people: by mail to an address with an @, else by SMS to a telephone number.</summary>
public interface IPostOffice
{
    /// <param name="id">The same for the same message, however often it is tried.</param>
    Task Send(Guid id, string to, string subject, string text, CancellationToken ct);
}
