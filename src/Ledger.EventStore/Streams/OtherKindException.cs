namespace Ledger.EventStore.Streams;

/// <summary>The id is of a stream of another kind: a customer's where an invoice's was expected. As such there is nothing there, and nothing is written.</summary>
public sealed class OtherKindException() : Exception("The id is of something of another kind.")
{
    /// <exception cref="OtherKindException">It is of another kind.</exception>
    internal static T Cast<T>(object known) => known is T fits ? fits : throw new OtherKindException();
}
