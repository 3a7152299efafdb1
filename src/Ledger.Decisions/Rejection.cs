namespace Ledger.Decisions;

/// <summary>An expected "no". The code is public: once released it never changes its meaning.</summary>
/// <param name="Code"><c>subject_fact</c> in snake_case, e.g. <c>invoice_already_paid</c>.</param>
/// <param name="Kind">Which family of refusals; the edge maps it to a status.</param>
/// <param name="Title">One sentence that is the same whenever this code is given.</param>
/// <param name="Detail">The facts of this occurrence, without personal data; null when the title says all.</param>
public sealed record Rejection(string Code, RejectionKind Kind, string Title, string? Detail = null)
{
    public Rejection With(string detail) => this with { Detail = detail };
}

public enum RejectionKind { NotFound, Conflict, PaymentRequired, Unprocessable, Forbidden }
