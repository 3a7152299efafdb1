using System.Text.Json;
using Ledger.Domain.Amounts;

namespace Ledger.Application.Importing;

/// <summary>What the columns of a file of subscribers mean.</summary>
/// <param name="Details">What is personal, by its name in snake_case: <c>full_name</c>.</param>
/// <param name="Token">The provider's token of a card; null when the file has no payment methods.</param>
internal sealed record SubscriberMapping(
    MappedField ExternalId, IReadOnlyDictionary<string, MappedField> Details, string? Provider, MappedField? Token,
    MappedField StartOn, MappedField Frequency, MappedField Price, MappedField Description, MappedField? Cancelled,
    MappedField? PaidUntil)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <exception cref="ImportFaultException">It is no mapping; says where and why.</exception>
    public static SubscriberMapping Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return Read(new(document.RootElement, "", "external_id", "customer", "payment_method", "subscription"));
        }
        catch (JsonException e)
        {
            throw new ImportFaultException("", $"the mapping is no JSON, from line {e.LineNumber + 1} on");
        }
    }

    private static SubscriberMapping Read(MappingObject root)
    {
        var customer = root.Has("customer") ? root.Object("customer", [.. SubscriberDetails.Members]) : null;
        var method = root.Has("payment_method") ? root.Object("payment_method", "provider", "token") : null;
        var subscription = root.Object("subscription", "start_date", "frequency", "price", "description", "cancelled", "paid_until");
        return new(
            root.Field("external_id"),
            SubscriberDetails.Members.Where(name => customer?.Has(name) is true).ToDictionary(name => name, name => customer!.Field(name)),
            method?.Text("provider"), method?.Field("token"), subscription.Field("start_date"), subscription.Field("frequency"),
            subscription.Field("price", "currency"), subscription.Field("description"), subscription.OptionalField("cancelled"),
            subscription.OptionalField("paid_until"));
    }

    /// <summary>The currency of all prices.</summary>
    /// <exception cref="ImportFaultException">It is none.</exception>
    public Currency CurrencyOf(Currency tenantCurrency) =>
        Price.Currency is not { } code ? tenantCurrency
        : Currency.TryParse(code, out var currency) ? currency
        : throw new ImportFaultException($"{Price.Path}.currency", $"\"{code}\" is no currency such as USD");

    /// <summary>Every field, to look for its column.</summary>
    public IEnumerable<MappedField> Fields =>
        new[] { ExternalId, Token, StartOn, PaidUntil, Frequency, Price, Description, Cancelled }.OfType<MappedField>().Concat(Details.Values);
}
