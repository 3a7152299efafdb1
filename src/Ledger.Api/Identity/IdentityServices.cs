using Ledger.Api.Tenancy;

namespace Ledger.Api.Identity;

internal static class IdentityServices
{
    public static IServiceCollection AddLedgerIdentity(this IServiceCollection services) => services
        .AddSingleton<ApiKeys>().AddSingleton<SignedInCallers>().AddSingleton<UnknownCallers>().AddSingleton<Callers>().AddSingleton<OutsideKeySets>().AddSingleton<OutsideCallers>().AddSingleton<Owners>().AddSingleton<RequestLimits>().AddSingleton<HostNames>().AddSingleton<HostTenants>().AddSingleton<TenantPath>()
        .AddSingleton<KnownScopes>().AddSingleton<Granting>().AddSingleton<People>().AddSingleton<SignIn>().AddSingleton<SentCodes>().AddSingleton<AddressChange>().AddSingleton<OwnCustomer>()
        .AddSingleton<CodePost>().AddHostedService(all => all.GetRequiredService<CodePost>());
}
