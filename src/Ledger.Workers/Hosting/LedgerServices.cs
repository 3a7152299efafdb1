using System.Security.Cryptography;
using Ledger.Application.Accounting;
using Ledger.Application.Exports;
using Ledger.EventStore.Log;
using Ledger.Gateways.Outgoing;
using Ledger.Gateways.Payments;
using Ledger.Gateways.Post;
using Ledger.Gateways.Sandbox;
using Ledger.Identity;
using Ledger.Identity.Logins;
using Ledger.Projections;
using Ledger.Workers.Brokers;
using Marten;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Extensions;

namespace Ledger.Workers.Hosting;

/// <summary>Puts the parts together: the same in the API, in a worker, on the command line and in tests.</summary>
public static class LedgerServices
{
    /// <summary>Where the migrations are.</summary>
    public static readonly IReadOnlyList<System.Reflection.Assembly> Schemas = [typeof(LedgerDatabase).Assembly, typeof(IdentityTables).Assembly, typeof(SandboxProvider).Assembly];

    /// <summary>The ways by which mail and SMS leave, and where they stay for a tenant that only tries things.</summary>
    public static IServiceCollection AddPost(this IServiceCollection services, LedgerHost host) => services
        .AddSingleton<IPostOffice>(_ => host.Post.Open(host.PostDirectory))
        .AddSingleton(all => all.GetRequiredService<IPostOffice>() is var office && (host.SendsAnywhere || office is PostFolder)
            ? new SandboxPost(office) : new SandboxPost(new PostFolder(host.PostDirectory)));

    /// <summary>PBKDF2 with HMAC-SHA-512, as often as OWASP asks for. A hash that was made with less is made anew at the next login.</summary>
    private static readonly PasswordHasherOptions PasswordHashing = new() { IterationCount = 210_000 };

    /// <summary>Registers what a process is made of. Nothing is touched by it: <see cref="LedgerPreparation"/> does that, before anything else runs.</summary>
    /// <param name="more">Versions of views beside those of this program.</param>
    public static IServiceCollection AddLedger(this IServiceCollection services, LedgerHost host, params IReadOnlyList<View> more)
    {
        var domain = typeof(Tenant).Assembly;
        var (messages, types) = (new MessageTypes(domain), new EventTypes(domain));
        _ = services.AddMarten(all => StoreOf(all.GetRequiredService<LedgerDatabase>(), types));
        _ = services.AddSingleton(host).AddSingleton(_ => host.Connect()).AddSingleton(host.Master)
            .AddSingleton(TimeProvider.System).AddSingleton(all => all.GetRequiredService<TimeProvider>().ToClock())
            .AddSingleton(types).AddSingleton(messages).AddSingleton<HotStates>(_ => new()).AddSingleton<ICommitRule, BalancedBooks>()
            .AddSingleton<IReadOnlyList<View>>([.. AllViews.Create(), .. more]).AddSingleton<OutdatedViews>().AddSingleton<IReadOnlyList<IPolicy>>(Policies())
            .AddSingleton(_ => SandboxProvider.Open(new() { ConnectionString = host.ConnectionString, FingerprintKey = SHA256.HashData("ledger sandbox"u8) }))
            .AddSingleton<IPaymentProvider>(all => all.GetRequiredService<SandboxProvider>())
            .AddSingleton<IPasswordHasher<Login>>(new PasswordHasher<Login>(Microsoft.Extensions.Options.Options.Create(PasswordHashing))).AddSingleton(new OutgoingOptions()).AddSingleton(ExportPace.Usual);
        foreach (var part in LedgerParts.All) _ = services.AddSingleton(part);
        foreach (var part in LedgerParts.Loops) _ = services.AddSingleton(all => (ILoop)all.GetRequiredService(part));
        foreach (var part in LedgerParts.Forgetful) _ = services.AddSingleton(all => (IForgets)all.GetRequiredService(part));

        var handlers = MessageHandlers.In(typeof(LedgerServices).Assembly).ToList();
        foreach (var handler in handlers) _ = services.AddSingleton(handler);
        _ = services.AddSingleton(all => new MessageHandlers(messages, handlers.Select(all.GetRequiredService)));
        return services.AddSingleton<LedgerPreparation>().AddHostedService(all => all.GetRequiredService<LedgerPreparation>());
    }

    /// <summary>Has the feed handed on to a broker, where there is one.</summary>
    public static IServiceCollection AddBroker(this IServiceCollection services, LedgerHost host) => host.Broker is not { } broker ? services
        : services.AddSingleton(_ => broker.Open()).AddSingleton<ILoop>(all => all.GetRequiredService<BrokerPublisher>());

    private static Marten.StoreOptions StoreOf(LedgerDatabase database, EventTypes types)
    {
        var options = new Marten.StoreOptions();
        LogOptions.Configure(options, database, types);
        return options;
    }

    private static List<IPolicy> Policies() =>
        [.. typeof(IPolicy).Assembly.GetTypes().Concat(typeof(Tenant).Assembly.GetTypes())
            .Where(type => type is { IsAbstract: false } && typeof(IPolicy).IsAssignableFrom(type))
            .Select(type => (IPolicy)Activator.CreateInstance(type)!)];
}
