namespace Ledger.Domain.Tenancy;

/// <summary>The languages that documents are written in, by their codes: English, Icelandic, Danish.</summary>
public enum DocumentLanguage { En, Is, Da }

public enum PdfTemplate
{
    /// <summary>Black on white, with fine lines.</summary>
    Classic,

    /// <summary>With the tenant's colour.</summary>
    Modern,

    /// <summary>Small letters in close lines, for long lists.</summary>
    Compact,
}

/// <summary>How a tenant's documents look, and what they say of it.</summary>
/// <param name="Address">In lines; null for none.</param>
/// <param name="TaxNumber">By which the tax office knows the tenant; null for none.</param>
public sealed record DocumentSettings(
    DocumentLanguage Language, PdfTemplate Template, IReadOnlyList<string>? Address = null, string? TaxNumber = null)
{
    public const int AddressLinesMax = 8, LineMax = 80, TaxNumberMax = 40;

    public static DocumentSettings Default { get; } = new(DocumentLanguage.En, PdfTemplate.Classic);

    public bool Equals(DocumentSettings? other) => other is not null && Language == other.Language && Template == other.Template
        && (Address ?? []).SequenceEqual(other.Address ?? []) && TaxNumber == other.TaxNumber;

    public override int GetHashCode() => HashCode.Combine(Language, Template, Address?.Count, TaxNumber);
}
