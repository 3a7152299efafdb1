namespace Ledger.Api.Audit;

/// <summary>Marks an endpoint whose answer has personal data in the clear: each look at it is written down.</summary>
/// <param name="ResourceType">Of what it tells.</param>
public sealed record PersonalDataShown(string ResourceType);

/// <summary>Marks a read that may write: it asks somebody else, and keeps what it is told.</summary>
public sealed record WritesWhenRead;

internal static class PersonalDataMarks
{
    /// <inheritdoc cref="PersonalDataShown"/>
    public static RouteHandlerBuilder ShowsPersonalData(this RouteHandlerBuilder endpoint, string resourceType) =>
        endpoint.WithMetadata(new PersonalDataShown(resourceType));

    /// <inheritdoc cref="Audit.WritesWhenRead"/>
    public static RouteHandlerBuilder WritesWhenRead(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new WritesWhenRead());
}
