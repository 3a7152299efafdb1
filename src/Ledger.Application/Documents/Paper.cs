namespace Ledger.Application.Documents;

/// <summary>All that a document says, in the words and figures of its language. The same paper makes the same bytes.</summary>
/// <param name="Language">As <c>is</c>.</param>
/// <param name="Number">As <c>INV-000042</c>; null where it has none.</param>
/// <param name="Date">The document's day, which is also the file's.</param>
/// <param name="PageOf">The words for a page of how many: <c>Page {0} of {1}</c>.</param>
public sealed record Paper(
    string Language, string Title, string? Number, LocalDate Date, string PageOf, Letterhead From, IReadOnlyList<string> To,
    IReadOnlyList<Fact> Facts, IReadOnlyList<PaperTable> Tables, IReadOnlyList<string> Notes, PdfTemplate Template);

/// <param name="Logo">A PNG or a JPEG; another kind is not shown.</param>
/// <param name="Color">As <c>#1a2b3c</c>; null for none.</param>
/// <param name="TaxNumber">With its word before it; null for none.</param>
public sealed record Letterhead(string Name, IReadOnlyList<string> Address, string? TaxNumber, byte[]? Logo, string? Color);

public sealed record Fact(string Label, string Value);

/// <param name="IsSum">A small table at the right, without a head.</param>
public sealed record PaperTable(string? Heading, IReadOnlyList<PaperColumn> Columns, IReadOnlyList<PaperRow> Rows, bool IsSum = false);

/// <param name="IsNumber">Then it stands at the right and is never broken.</param>
public sealed record PaperColumn(string Heading, bool IsNumber);

public sealed record PaperRow(IReadOnlyList<string> Cells, bool IsStrong = false);
