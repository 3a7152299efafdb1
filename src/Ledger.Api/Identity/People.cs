using Ledger.Application.Customers;
using Ledger.Application.People;
using Ledger.Domain.Customers;
using Ledger.Domain.Merchants;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.Identity;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

/// <summary>Finds who has an address or a telephone number. Both are known by their keyed hashes, and compared as they are stored.</summary>
internal sealed class People(
    Claims claims, StateReader states, PersonalKeys keys, PlatformKey platform, CustomerSealing sealing, LedgerDatabase database)
{
    /// <summary>So many customers at most are looked at for one number; those whose number ends alike are few.</summary>
    private const int LookedAtMax = 500;

    /// <summary>The key under which a tenant's addresses are hashed; the platform's own is made when it is first needed.</summary>
    public async ValueTask<SubjectKey> KeyOf(string tenant, CancellationToken ct) =>
        tenant == PlatformTenant.Name ? await platform.Get(ct) : await keys.TenantKey(tenant, ct);

    /// <summary>An address or a number in its one form, as keyed hash of the tenant.</summary>
    public async ValueTask<byte[]> HashOf(Tenant.Known tenant, AddressChannel channel, string address, CancellationToken ct)
    {
        var key = await KeyOf(tenant.Id.ToString(), ct);
        return channel is AddressChannel.Email
            ? key.EmailToken(address) : key.Token("phone", TelephoneNumbers.Normal(address, tenant.Zone) ?? "");
    }

    /// <summary>Whose address or number it is, and how it is stored; null when it is nobody's.</summary>
    public async Task<AddressOwner?> Find(Tenant.Known tenant, AddressChannel channel, string address, CancellationToken ct)
    {
        if (channel is AddressChannel.Sms) return await ByPhone(tenant, address, ct);
        return await ByEmail(tenant.Id.ToString(), address, ct) is { } subject ? await Stored(tenant, subject, channel, ct) : null;
    }

    /// <summary>Where somebody is reached today; null when they are not known, or have no such address.</summary>
    public async Task<AddressOwner?> Stored(Tenant.Known tenant, Subject subject, AddressChannel channel, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        var to = subject.Kind is SubjectKind.User
            ? channel is AddressChannel.Email ? await EmailOf(name, new UserId(subject.Id), ct) : null
            : await states.Of<Customer, CustomerEvent>(name, new CustomerId(subject.Id).Stream, ct) is Customer.Known known
                ? Of(await sealing.Open(name, known.Id, known.Details, ct)) : null;
        return string.IsNullOrWhiteSpace(to) ? null : new(subject, channel, to, await HashOf(tenant, channel, to, ct));

        string? Of(CustomerDetails details) => channel is AddressChannel.Email
            ? details.Email : TelephoneNumbers.Normal(details.PhoneNumber, tenant.Zone);
    }

    /// <summary>Whether somebody still has the address that something was sent to.</summary>
    public async Task<bool> IsReached(Tenant.Known tenant, Subject subject, byte[] hash, CancellationToken ct)
    {
        foreach (var channel in Enum.GetValues<AddressChannel>())
            if (await Stored(tenant, subject, channel, ct) is { } owner && owner.Hash.AsSpan().SequenceEqual(hash)) return true;
        return false;
    }

    /// <summary>A user before a customer, where one address is both; null when it is nobody's.</summary>
    public async Task<Subject?> ByEmail(string tenant, string email, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower((await KeyOf(tenant, ct)).EmailToken(email));
        if (await claims.OwnerOf(tenant, RegisterUser.ClaimKind, token, ct) is { } user) return new(SubjectKind.User, user);
        return await claims.OwnerOf(tenant, "customer.email", token, ct) is { } customer ? new(SubjectKind.Customer, customer) : null;
    }

    /// <summary>The customer who has this address, whether a user has it too or not.</summary>
    public async Task<Subject?> CustomerByEmail(string tenant, string email, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower((await KeyOf(tenant, ct)).EmailToken(email));
        return await claims.OwnerOf(tenant, "customer.email", token, ct) is { } customer ? new(SubjectKind.Customer, customer) : null;
    }

    /// <summary>Who registered with this address, as the platform's keyed hash; null when nobody did.</summary>
    public async Task<Merchant.Known?> Merchant(string emailToken, CancellationToken ct) =>
        await states.Of<Merchant, MerchantEvent>(PlatformTenant.Name, MerchantId.Of(emailToken).Stream, ct) as Merchant.Known;

    /// <summary>
    /// The first of the customers who have this number: whoever takes it up after them, or has its digits somewhere else, cannot
    /// take their login from them.
    /// </summary>
    private async Task<AddressOwner?> ByPhone(Tenant.Known tenant, string phone, CancellationToken ct)
    {
        if (TelephoneNumbers.Normal(phone, tenant.Zone) is not { } number || TelephoneNumbers.Tail(phone) is not { } tail) return null;
        var key = await KeyOf(tenant.Id.ToString(), ct);

        // Customers from before numbers had a kind of their own are found by the digits as they were written.
        var digits = number.TrimStart('+');
        var typed = string.Concat(phone.Where(char.IsAsciiDigit));
        return await First(tenant, number, [key.Token(CustomerSealing.PhoneKind, tail)], ct)
            ?? await First(tenant, number, [.. new[] { typed, digits, tail }.Distinct().Select(one => key.Token("word", one))], ct);
    }

    private async Task<AddressOwner?> First(Tenant.Known tenant, string number, byte[][] tokens, CancellationToken ct)
    {
        var found = await database.QueryAsTenant(tenant.Id.ToString(), """
            select distinct subject_id from ledger.personal_index where tenant_id = $1 and token = any($2) order by subject_id limit $3
            """, [tenant.Id.ToString(), tokens, LookedAtMax], row => row.GetGuid(0), ct);
        foreach (var id in found)
            if (await Stored(tenant, new(SubjectKind.Customer, id), AddressChannel.Sms, ct) is { } owner && owner.To == number) return owner;
        return null;
    }

    private async Task<string?> EmailOf(string tenant, UserId id, CancellationToken ct) =>
        await states.Of<User, UserEvent>(tenant, id.Stream, ct) is User.Active user && await keys.Find(tenant, id.Value, ct) is { } key
            ? key.Open(user.Details).Email : null;
}

/// <summary>Somebody, and where they are reached.</summary>
/// <param name="To">As it is stored, and never as it was typed.</param>
/// <param name="Hash">Of the address in its one form, keyed by the tenant.</param>
internal sealed record AddressOwner(Subject Subject, AddressChannel Channel, string To, byte[] Hash);
