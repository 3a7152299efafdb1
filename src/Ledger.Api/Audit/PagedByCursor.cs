namespace Ledger.Api.Audit;

/// <summary>Marks an endpoint that answers with pages that only a cursor leads on from.</summary>
internal sealed record PagedByCursor;
