using System.Security.Cryptography;
using System.Text;
using Ledger.EventStore.Audit;
using Ledger.EventStore.Idempotency;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Verification;
using Ledger.Gateways.Outgoing;
using Ledger.Gateways.Payments;
using Ledger.Gateways.Sandbox;
using Ledger.Gateways.Webhooks;
using Ledger.Identity;
using Ledger.Identity.Limits;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;
using Ledger.Projections;
using Ledger.Projections.Accounting;
using Ledger.Projections.Figures;
using Ledger.Projections.Reports;
using Ledger.Projections.Subscriptions;
using Ledger.Workers.Billing;
using Ledger.Workers.Notifications;
using Ledger.Workers.People;
using Ledger.Workers.Tenancy;
using Ledger.Workers.Webhooks;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Extensions;

namespace Ledger.Workers.Hosting;

/// <summary>Puts the parts together: the same in the API, in a worker, on the command line and in tests.</summary>
public static class LedgerServices
{
    /// <summary>Where the migrations are.</summary>
    public static readonly IReadOnlyList<System.Reflection.Assembly> Schemas = [typeof(LedgerDatabase).Assembly, typeof(IdentityTables).Assembly];

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
        await WebhookTable.Prepare(database, ct);
        await NotificationTable.Prepare(database, ct);
        var provider = await SandboxProvider.Open(new()
        {
            ConnectionString = connectionString, FingerprintKey = SHA256.HashData(Encoding.UTF8.GetBytes("ledger sandbox")),
        }, ct);

        var domain = typeof(Tenant).Assembly;
        var messages = new MessageTypes(domain);
        _ = services.AddSingleton(_ => database).AddSingleton(master).AddSingleton(TimeProvider.System).AddSingleton(all => all.GetRequiredService<TimeProvider>().ToClock())
            .AddSingleton(new EventTypes(domain)).AddSingleton<EventJson>().AddSingleton(messages)
            .AddSingleton<Turns>().AddSingleton<HotStates>(_ => new()).AddSingleton<StreamLoader>().AddSingleton<StateReader>().AddSingleton<Claims>()
            .AddSingleton<PersonalKeys>().AddSingleton<PersonalKeyRewrap>().AddSingleton<KnownRequests>().AddSingleton<ICommitRule, Accounting.BalancedBooks>().AddSingleton<CommandHandler>()
            .AddSingleton<ProcessSignals>().AddSingleton<EventFeed>().AddSingleton<AuditRows>().AddSingleton<SignedHeads>()
            .AddSingleton(views).AddSingleton(new OutdatedViews(outdated)).AddSingleton<ViewTables>().AddSingleton<ViewRunner>()
            .AddSingleton<ViewProgress>().AddSingleton<ViewRebuild>().AddSingleton<ViewComparison>().AddSingleton<ViewHashes>().AddSingleton<EventStore.Archiving.LogExport>().AddSingleton<EventStore.Archiving.LogImport>().AddSingleton<EarlierListing>().AddSingleton<Listing>().AddSingleton<DueSubscriptions>().AddSingleton<Projections.Catalog.ProductUse>().AddSingleton<Projections.Classes.UsableClasses>()
            .AddSingleton<BillingRunFigures>().AddSingleton<FigureSums>().AddSingleton<MrrReport>().AddSingleton<ChurnReport>().AddSingleton<CohortReport>()
            .AddSingleton<PaymentReports>().AddSingleton<InvoiceReports>().AddSingleton<BookReports>().AddSingleton<StatsReports>().AddSingleton<PortalSessions>().AddSingleton<PlatformTenants>()
            .AddSingleton<TrialBalance>().AddSingleton<AccountMoves>().AddSingleton<Documents.Papers>().AddSingleton<JournalReader>().AddSingleton<JournalExport>().AddSingleton<Explanations>()
            .AddSingleton<Exports.ExportSheets>().AddSingleton<Exports.ExportParts>().AddSingleton(Exports.ExportPace.Usual).AddSingleton<Exports.ExportWork>().AddSingleton<Exports.PaymentHistory>()
            .AddSingleton<IReadOnlyList<IPolicy>>(policies).AddSingleton<PolicyRunner>()
            .AddSingleton<MessageTable>().AddSingleton<MessageRuntime>()
            .AddSingleton(_ => provider).AddSingleton<IPaymentProvider>(all => all.GetRequiredService<SandboxProvider>())
            .AddSingleton<Tenants>().AddSingleton<NewTenants>().AddSingleton<TenantDirectory>().AddSingleton<TenantFiles>().AddSingleton<ProviderConfigs>().AddSingleton<TenantKeys>().AddSingleton<Customers.CustomerSealing>().AddSingleton<TenantQuiet>().AddSingleton<BillingScheduler>()
            .AddSingleton<IdentityTables>().AddSingleton<PlatformKey>().AddSingleton<IPasswordHasher<Login>, PasswordHasher<Login>>().AddSingleton<Logins>()
            .AddSingleton<Sessions>().AddSingleton<OneTimeCodes>().AddSingleton<SigningKeys>().AddSingleton<AccessTokens>().AddSingleton<RateLimits>()
            .AddSingleton<KeyUses>().AddSingleton<Registration>().AddSingleton<MerchantRegistration>()
            .AddSingleton(new OutgoingOptions()).AddSingleton<WebhookPost>().AddSingleton<PublicLog>().AddSingleton<WebhookTable>().AddSingleton<WebhookReplays>().AddSingleton<WebhookLog>().AddSingleton<WebhookPublisher>().AddSingleton<WebhookAttempts>().AddSingleton<WebhookDeliverer>()
            .AddSingleton<Brokers.BrokerPlace>().AddSingleton<Brokers.BrokerPublisher>()
            .AddSingleton<NotificationTable>().AddSingleton<NotificationAudience>().AddSingleton<CardLook>().AddSingleton<NotificationPublisher>().AddSingleton<MessageValues>().AddSingleton<MessageContent>().AddSingleton<NotificationSender>()
            .AddSingleton<BillingRunStart>().AddSingleton<ClockAdvanceStart>().AddSingleton<Importing.SubscriberImport>();

        var handlers = MessageHandlers.In(typeof(LedgerServices).Assembly).ToList();
        foreach (var handler in handlers) _ = services.AddSingleton(handler);
        return services.AddSingleton(all => new MessageHandlers(messages, handlers.Select(all.GetRequiredService)));
    }

    /// <summary>Has the feed handed on to a broker, from the head of the log on where there was none before.</summary>
    public static async Task<IServiceCollection> AddBroker(this IServiceCollection services, LedgerHost host, CancellationToken ct)
    {
        if (host.Broker is not { } broker) return services;
        await using var database = new LedgerDatabase(host.ConnectionString);
        await Brokers.BrokerPlace.Prepare(database, ct);
        return services.AddSingleton(_ => broker.Open());
    }

    private static List<IPolicy> Policies() =>
        [.. typeof(IPolicy).Assembly.GetTypes().Concat(typeof(Tenant).Assembly.GetTypes())
            .Where(type => type is { IsAbstract: false } && typeof(IPolicy).IsAssignableFrom(type))
            .Select(type => (IPolicy)Activator.CreateInstance(type)!)];
}

/// <summary>Views whose table is of an earlier version, to be built anew beside it.</summary>
public sealed record OutdatedViews(IReadOnlyList<View> Views);
