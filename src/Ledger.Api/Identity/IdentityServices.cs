using Ledger.Api.Tenancy;
using Ledger.Gateways.Post;

namespace Ledger.Api.Identity;

internal static class IdentityServices
{
    /// <param name="postDirectory">Where codes and links go, as files.</param>
    public static IServiceCollection AddLedgerIdentity(this IServiceCollection services, string postDirectory) => services
        .AddSingleton<ApiKeys>().AddSingleton<SignedInCallers>().AddSingleton<UnknownCallers>().AddSingleton<Callers>().AddSingleton<OutsideKeySets>().AddSingleton<OutsideCallers>().AddSingleton<Owners>().AddSingleton<RequestLimits>().AddSingleton<HostNames>().AddSingleton<HostTenants>().AddSingleton<TenantPath>()
        .AddSingleton<KnownScopes>().AddSingleton<People>().AddSingleton<SignIn>().AddSingleton<ResetPost>().AddSingleton<OwnCustomer>()
        .AddSingleton<IPostOffice>(new PostFolder(postDirectory)).AddSingleton<CodePost>().AddHostedService(all => all.GetRequiredService<CodePost>());
}
