using Ledger.Domain.Catalog;

namespace Ledger.Api.Catalog;

/// <summary>What a request may say of a product. What is absent stays as it is; an empty list takes all away.</summary>
/// <param name="Attributes">What it has of which attribute.</param>
/// <param name="SubscriptionFrequencies">How often a customer is offered to get it; none for all that the tenant bills by.</param>
public sealed record ProductRequest(
    string? Name = null, string? UrlName = null, string? ShortDescription = null, string? ExternalId = null,
    IReadOnlyDictionary<string, string>? Metadata = null, IReadOnlyList<ProductLabelId>? Categories = null, IReadOnlyList<ProductLabelId>? Tags = null,
    IReadOnlyList<ProductAttribute>? Attributes = null, IReadOnlyList<Frequency>? SubscriptionFrequencies = null)
{
    private const int LabelsMax = 50, FrequenciesMax = 20;

    public void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Name is not null, "/name", "required", "A product has a name.").Text(Name, "/name", 200).Text(UrlName, "/url_name", 200)
        .Text(ShortDescription, "/short_description", 2000).ExternalId(ExternalId).Metadata(Metadata)
        .And(IsSet(Categories, LabelsMax), "/categories", "not_a_set", $"At most {LabelsMax}, each once.")
        .And(IsSet(Tags, LabelsMax), "/tags", "not_a_set", $"At most {LabelsMax}, each once.")
        .And(Attributes?.Contains(null!) != true && IsSet(Attributes?.Select(one => one.AttributeId).ToList(), LabelsMax), "/attributes", "not_a_set", $"At most {LabelsMax}, each once.")
        .And(Attributes?.All(one => one?.Value is { Length: >= 1 and <= 500 }) != false, "/attributes", "text_length", "Values of 1 to 500 characters.")
        .And(SubscriptionFrequencies?.Contains(null!) != true && IsSet(SubscriptionFrequencies, FrequenciesMax), "/subscription_frequencies", "not_a_set", $"At most {FrequenciesMax}, each once.")
        .And(SubscriptionFrequencies?.All(one => one is null || one.MayBeOffered) != false, "/subscription_frequencies", "too_long",
            $"At most {Frequency.OfferedYearsMax} years.").OrRefuse();

    /// <summary>Where the product is to stand, laid over where it stands.</summary>
    public ProductShelf On(ProductShelf before) => new(
        Categories ?? before.Categories, Tags ?? before.Tags, Attributes ?? before.Attributes, SubscriptionFrequencies ?? before.SubscriptionFrequencies);

    private static bool IsSet<T>(IReadOnlyList<T>? all, int max) => all is null || (all.Count <= max && all.Distinct().Count() == all.Count);
}
