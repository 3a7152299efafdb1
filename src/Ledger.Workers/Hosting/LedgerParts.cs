using Ledger.Application.Billing;
using Ledger.Application.Brokers;
using Ledger.Application.Customers;
using Ledger.Application.Documents;
using Ledger.Application.Exports;
using Ledger.Application.Importing;
using Ledger.Application.Notifications;
using Ledger.Application.People;
using Ledger.Application.Tenancy;
using Ledger.Application.Webhooks;
using Ledger.EventStore.Archiving;
using Ledger.EventStore.Audit;
using Ledger.EventStore.Idempotency;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Verification;
using Ledger.Gateways.Webhooks;
using Ledger.Identity;
using Ledger.Identity.Limits;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;
using Ledger.Projections;
using Ledger.Projections.Accounting;
using Ledger.Projections.Catalog;
using Ledger.Projections.Classes;
using Ledger.Projections.Customers;
using Ledger.Projections.Figures;
using Ledger.Projections.Payments;
using Ledger.Projections.Reports;
using Ledger.Projections.Subscriptions;
using Ledger.Workers.Billing;
using Ledger.Workers.Brokers;
using Ledger.Workers.Notifications;
using Ledger.Workers.Webhooks;

namespace Ledger.Workers.Hosting;

/// <summary>The parts that a process has one of each, made when they are asked for.</summary>
internal static class LedgerParts
{
    public static IReadOnlyList<Type> All { get; } =
    [
        // The store.
        typeof(EventJson), typeof(GroupCommit), typeof(StreamLoader), typeof(StateReader), typeof(Claims), typeof(PersonalKeys), typeof(PersonalKeyRewrap),
        typeof(KnownRequests), typeof(CommandHandler), typeof(ProcessSignals), typeof(EventFeed), typeof(AuditRows), typeof(SignedHeads), typeof(LogExport),
        typeof(LogImport), typeof(PolicyRunner), typeof(MessageTable), typeof(MessageRuntime),

        // Views, and what is read out of them.
        typeof(ViewTables), typeof(ViewRunner), typeof(ViewProgress), typeof(ViewRebuild), typeof(ViewComparison), typeof(ViewHashes), typeof(EarlierListing),
        typeof(Listing), typeof(DueSubscriptions), typeof(TimeLimits), typeof(ProductUse), typeof(UsableClasses), typeof(WaitingProviderEvents), typeof(CustomerBusiness), typeof(BillingRunFigures), typeof(FigureSums), typeof(MrrReport),
        typeof(ChurnReport), typeof(CohortReport), typeof(PaymentReports), typeof(InvoiceReports), typeof(BookReports), typeof(StatsReports),
        typeof(PortalSessions), typeof(PlatformTenants), typeof(TrialBalance), typeof(AccountMoves), typeof(JournalReader), typeof(JournalExport),
        typeof(Explanations), typeof(Papers), typeof(ExportSheets), typeof(ExportParts), typeof(ExportWork), typeof(PaymentHistory),

        // Tenants and people.
        typeof(Tenants), typeof(NewTenants), typeof(TenantDirectory), typeof(TenantFiles), typeof(ProviderConfigs), typeof(TenantKeys), typeof(CustomerSealing), typeof(CustomerTraces), typeof(CustomerErasure),
        typeof(IdentityTables), typeof(PlatformKey), typeof(Logins), typeof(Sessions), typeof(OneTimeCodes), typeof(PendingAddresses), typeof(SigningKeys), typeof(AccessTokens),
        typeof(RateLimits), typeof(KeyUses), typeof(Registration), typeof(MerchantRegistration),

        // Billing.
        typeof(TenantQuiet), typeof(TimeLimitWork), typeof(BillingScheduler), typeof(BillingRunStart), typeof(ClockAdvanceStart), typeof(SubscriberImport),

        // What is told to others.
        typeof(WebhookPost), typeof(PublicLog), typeof(WebhookTable), typeof(WebhookReplays), typeof(WebhookLog), typeof(WebhookPublisher),
        typeof(WebhookAttempts), typeof(WebhookDeliverer), typeof(BrokerPlace), typeof(BrokerPublisher), typeof(NotificationTable), typeof(NotificationAudience),
        typeof(CardLook), typeof(NotificationPublisher), typeof(MessageValues), typeof(MessageContent), typeof(NotificationSender),
    ];

    /// <summary>Those that run for as long as a process that works does; the broker's is added where there is a broker.</summary>
    public static IEnumerable<Type> Loops => All.Where(part => part.IsAssignableTo(typeof(ILoop)) && part != typeof(BrokerPublisher));

    public static IEnumerable<Type> Forgetful => All.Where(part => part.IsAssignableTo(typeof(IForgets)));
}
