using Ledger.Application.People;
using Ledger.Domain.Customers;
using Ledger.EventStore.PersonalData;

namespace Ledger.Application.Customers;

/// <summary>Seals what is personal about a customer, on its way into a command: the same for requests and imports.</summary>
public sealed class CustomerSealing(PersonalKeys keys)
{
    /// <summary>Under which the ends of telephone numbers are hashed: no word of a name is ever the same.</summary>
    public const string PhoneKind = "phone end";

    /// <summary>For a customer that is new: with a key of its own if there is anything personal.</summary>
    public async Task<SealedCustomer> New(string tenant, CustomerId id, CustomerDetails details, CancellationToken ct)
    {
        if (details == CustomerDetails.None) return SealedCustomer.Nothing;
        var (key, change) = keys.New(id.Value);
        return (await Seal(tenant, id, details, key, ct)) with { Keys = [change], FreshKey = key };
    }

    /// <summary>For a customer that has a key already, or never had anything personal.</summary>
    public async Task<SealedCustomer> Again(string tenant, CustomerId id, CustomerDetails details, CancellationToken ct) =>
        await keys.Find(tenant, id.Value, ct) is { } key ? await Seal(tenant, id, details, key, ct) : await New(tenant, id, details, ct);

    /// <summary>What is known of the customer, opened; nothing when its key is gone.</summary>
    public async ValueTask<CustomerDetails> Open(string tenant, CustomerId id, Personal<CustomerDetails>? details, CancellationToken ct) =>
        details is not null && await keys.Find(tenant, id.Value, ct) is { } key ? key.Open(details) : CustomerDetails.None;

    private async Task<SealedCustomer> Seal(string tenant, CustomerId id, CustomerDetails details, SubjectKey key, CancellationToken ct)
    {
        var index = await keys.TenantKey(tenant, ct);
        var email = details.Email is null ? null : Convert.ToHexStringLower(index.EmailToken(details.Email));
        return new(key.Seal(details), email, HasName(details), [new(id.Value, Tokens(details, index))]);
    }

    /// <summary>The words a customer is found by, and beside them, of another kind, the end of the telephone number.</summary>
    private static byte[][] Tokens(CustomerDetails details, SubjectKey index) => TelephoneNumbers.Tail(details.PhoneNumber) is { } tail
        ? [.. CustomerSearch.Words(details).Tokens(index), index.Token(PhoneKind, tail)]
        : CustomerSearch.Words(details).Tokens(index);

    private static bool HasName(CustomerDetails details) =>
        !string.IsNullOrWhiteSpace(details.FullName) || !string.IsNullOrWhiteSpace(details.CompanyName);
}

/// <summary>What is personal about a customer, ready for a command and its commit.</summary>
/// <param name="EmailToken">The e-mail address as keyed hash; null without one.</param>
public sealed record SealedCustomer(
    Personal<CustomerDetails>? Details, string? EmailToken, bool HasName, IReadOnlyList<SearchWords> Words)
{
    public static SealedCustomer Nothing { get; } = new(null, null, HasName: false, []);

    public IReadOnlyList<PersonalKeyChange> Keys { get; init; } = [];

    public SubjectKey? FreshKey { get; init; }

    /// <summary>The context of the command that stores it.</summary>
    public CommandContext In(CommandContext context) => context with { Keys = Keys, FreshKey = FreshKey, Words = Words };
}
