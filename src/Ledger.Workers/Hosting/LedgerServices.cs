using System.Security.Cryptography;
using System.Text;
using Ledger.Application.Accounting;
using Ledger.Application.Brokers;
using Ledger.Application.Exports;
using Ledger.Application.Following;
using Ledger.Application.Notifications;
using Ledger.Application.Webhooks;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Outgoing;
using Ledger.Gateways.Payments;
using Ledger.Gateways.Post;
using Ledger.Gateways.Sandbox;
using Ledger.Identity;
using Ledger.Identity.Logins;
using Ledger.Projections;
using Ledger.Workers.Brokers;
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

    /// <param name="connectionString">Of a database whose migrations have been applied.</param>
    /// <param name="more">Versions of views beside those of this program.</param>
    /// <exception cref="ViewChangedException">The code of a view has changed, and its version has not.</exception>
    public static async Task<IServiceCollection> AddLedger(
        this IServiceCollection services, string connectionString, MasterKeys master, CancellationToken ct, params IReadOnlyList<View> more)
    {
        var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, Schemas, ct);
        IReadOnlyList<View> views = [.. AllViews.Create(), .. more];
        var outdated = await new ViewTables(database).Prepare(views, AllViews.Prints(), ct);
        var policies = Policies();
        await PolicyRunner.Prepare(database, policies, ct);
        await LogPlace.Prepare(database, WebhookTable.Name, ct);
        await LogPlace.Prepare(database, NotificationTable.Name, ct);
        var provider = SandboxProvider.Open(new()
        {
            ConnectionString = connectionString, FingerprintKey = SHA256.HashData(Encoding.UTF8.GetBytes("ledger sandbox")),
        });

        var domain = typeof(Tenant).Assembly;
        var messages = new MessageTypes(domain);
        _ = services.AddSingleton(_ => database).AddSingleton(master).AddSingleton(TimeProvider.System).AddSingleton(all => all.GetRequiredService<TimeProvider>().ToClock())
            .AddSingleton(new EventTypes(domain)).AddSingleton(messages).AddSingleton<HotStates>(_ => new()).AddSingleton<ICommitRule, BalancedBooks>()
            .AddSingleton(views).AddSingleton(new OutdatedViews(outdated)).AddSingleton<IReadOnlyList<IPolicy>>(policies)
            .AddSingleton(_ => provider).AddSingleton<IPaymentProvider>(all => all.GetRequiredService<SandboxProvider>())
            .AddSingleton<IPasswordHasher<Login>>(new PasswordHasher<Login>(Microsoft.Extensions.Options.Options.Create(PasswordHashing))).AddSingleton(new OutgoingOptions()).AddSingleton(ExportPace.Usual);
        foreach (var part in LedgerParts.All) _ = services.AddSingleton(part);
        foreach (var part in LedgerParts.Loops) _ = services.AddSingleton(all => (ILoop)all.GetRequiredService(part));
        foreach (var part in LedgerParts.Forgetful) _ = services.AddSingleton(all => (IForgets)all.GetRequiredService(part));

        var handlers = MessageHandlers.In(typeof(LedgerServices).Assembly).ToList();
        foreach (var handler in handlers) _ = services.AddSingleton(handler);
        return services.AddSingleton(all => new MessageHandlers(messages, handlers.Select(all.GetRequiredService)));
    }

    /// <summary>Has the feed handed on to a broker, from the head of the log on where there was none before.</summary>
    public static async Task<IServiceCollection> AddBroker(this IServiceCollection services, LedgerHost host, CancellationToken ct)
    {
        if (host.Broker is not { } broker) return services;
        await using var database = new LedgerDatabase(host.ConnectionString);
        await LogPlace.Prepare(database, BrokerPlace.Name, ct);
        return services.AddSingleton(_ => broker.Open()).AddSingleton<ILoop>(all => all.GetRequiredService<BrokerPublisher>());
    }

    private static List<IPolicy> Policies() =>
        [.. typeof(IPolicy).Assembly.GetTypes().Concat(typeof(Tenant).Assembly.GetTypes())
            .Where(type => type is { IsAbstract: false } && typeof(IPolicy).IsAssignableFrom(type))
            .Select(type => (IPolicy)Activator.CreateInstance(type)!)];
}

/// <summary>Views whose table is of an earlier version, to be built anew beside it.</summary>
public sealed record OutdatedViews(IReadOnlyList<View> Views);
