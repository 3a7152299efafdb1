namespace Ledger.Api.Catalog;

/// <summary>What a request may say of a product. What is absent stays as it is.</summary>
public sealed record ProductRequest(
    string? Name = null, string? UrlName = null, string? ShortDescription = null, string? ExternalId = null,
    IReadOnlyDictionary<string, string>? Metadata = null)
{
    public void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Name is not null, "/name", "required", "A product has a name.").Text(Name, "/name", 200).Text(UrlName, "/url_name", 200)
        .Text(ShortDescription, "/short_description", 2000).ExternalId(ExternalId).Metadata(Metadata).OrRefuse();
}
