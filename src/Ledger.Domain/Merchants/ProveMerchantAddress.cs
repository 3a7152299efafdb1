using Ledger.Domain.Customers;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Merchants;

/// <summary>Give an address to the merchant who has shown that it is theirs, for good. Again changes nothing.</summary>
/// <remarks>Refuses with <c>email_taken</c>, where another has registered it meanwhile.</remarks>
public sealed record ProveMerchantAddress(MerchantId Id, TenantId Tenant) : ICommand<Merchant, MerchantEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<MerchantEvent> Decide(Merchant state) => state switch
    {
        Merchant.Known known when known.Tenant == Tenant => known.HeldUntil is null ? [] : [new MerchantAddressProved(Id, Tenant)],
        _ => CustomerRejections.EmailTaken,
    };
}
