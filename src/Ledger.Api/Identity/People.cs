using Ledger.Domain.Customers;
using Ledger.Domain.Merchants;
using Ledger.Domain.People;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.Identity;
using Ledger.Identity.Sessions;
using Ledger.Workers.People;

namespace Ledger.Api.Identity;

/// <summary>Finds who has an address. Addresses are known by their keyed hashes alone.</summary>
internal sealed class People(Claims claims, StateReader states, PersonalKeys keys, PlatformKey platform)
{
    /// <summary>The key under which a tenant's addresses are hashed; the platform's own is made when it is first needed.</summary>
    public async ValueTask<SubjectKey> KeyOf(string tenant, CancellationToken ct) =>
        tenant == PlatformTenant.Name ? await platform.Get(ct) : await keys.TenantKey(tenant, ct);

    /// <summary>A user before a customer, where one address is both; null when it is nobody's.</summary>
    public async Task<Subject?> ByEmail(string tenant, string email, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower((await KeyOf(tenant, ct)).EmailToken(email));
        if (await claims.OwnerOf(tenant, RegisterUser.ClaimKind, token, ct) is { } user) return new(SubjectKind.User, user);
        return await claims.OwnerOf(tenant, "customer.email", token, ct) is { } customer ? new(SubjectKind.Customer, customer) : null;
    }

    /// <summary>Who registered with this address, as the platform's keyed hash; null when nobody did.</summary>
    public async Task<Merchant.Known?> Merchant(string emailToken, CancellationToken ct) =>
        await states.Of<Merchant, MerchantEvent>(PlatformTenant.Name, MerchantId.Of(emailToken).Stream, ct) as Merchant.Known;

    /// <summary>The one customer who has this telephone number; null when there is none, or several.</summary>
    public async Task<Subject?> ByPhone(string tenant, string phone, LedgerDatabase database, CancellationToken ct)
    {
        var token = (await KeyOf(tenant, ct)).Token("word", string.Concat(phone.Where(char.IsAsciiDigit)));
        var found = await database.QueryAsTenant(
            tenant, "select subject_id from ledger.personal_index where tenant_id = $1 and token = $2 limit 2", [tenant, token], row => row.GetGuid(0), ct);
        return found is [var only] && await states.Of<Customer, CustomerEvent>(tenant, new CustomerId(only).Stream, ct) is Customer.Known
            ? new(SubjectKind.Customer, only)
            : null;
    }
}
