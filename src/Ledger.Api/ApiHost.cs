using Ledger.Api.Accounting;
using Ledger.Api.Audit;
using Ledger.Api.Balances;
using Ledger.Api.Billing;
using Ledger.Api.Bookings;
using Ledger.Api.Catalog;
using Ledger.Api.Classes;
using Ledger.Api.Coupons;
using Ledger.Api.CreditNotes;
using Ledger.Api.Customers;
using Ledger.Api.Documentation;
using Ledger.Api.Documents;
using Ledger.Api.Edge;
using Ledger.Api.Events;
using Ledger.Api.Exports;
using Ledger.Api.Health;
using Ledger.Api.Identity;
using Ledger.Api.InboundWebhooks;
using Ledger.Api.Invoices;
using Ledger.Api.Loyalty;
using Ledger.Api.Notifications;
using Ledger.Api.Orders;
using Ledger.Api.PaymentIntents;
using Ledger.Api.PaymentMethods;
using Ledger.Api.Payments;
using Ledger.Api.Refunds;
using Ledger.Api.Reports;
using Ledger.Api.Subscriptions;
using Ledger.Api.Tenancy;
using Ledger.Api.Testing;
using Ledger.Api.Webhooks;
using Ledger.EventStore.Database;
using Ledger.Gateways.Outgoing;
using Ledger.Workers.Hosting;

namespace Ledger.Api;

/// <summary>Puts the HTTP side together: the same in production and in tests.</summary>
public static class ApiHost
{
    private static readonly Type[] Parts =
    [
        typeof(FreshReads), typeof(Guards), typeof(WalletAccess), typeof(ProviderEventIntake), typeof(SetupSessions), typeof(Waiting), typeof(Paying), typeof(Numbering), typeof(Refunding),
        typeof(CouponCodes), typeof(SignedLinks), typeof(ExportLinks), typeof(WebhookSecrets), typeof(SandboxWebhooks), typeof(OrderPayments), typeof(PublicFeed),
    ];

    /// <param name="urls">Where to listen; null for what the framework is told.</param>
    /// <param name="replace">What is to stand in for services of its own, such as a clock that can be moved.</param>
    public static WebApplication Build(
        string[] args, LedgerHost host, bool runsWorkers, string? urls, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var edge = EdgeSettings.Of(builder.Configuration);
        _ = builder.WebHost.UseKestrel(options => EdgeLimits.Configure(options, edge));
        if (urls is not null) _ = builder.WebHost.UseUrls(urls);
        Logs.Configure(builder);
        _ = builder.Services.AddLedger(host).AddBroker(host);
        _ = builder.Services.AddPost(host).AddSingleton(new PlatformHosts(host.Hosts)).AddSingleton(WaitingTime.Usual);
        foreach (var part in Parts) _ = builder.Services.AddSingleton(part);
        _ = builder.Services.AddLedgerIdentity().AddAuditTrail().AddLedgerOpenApi()
            .ConfigureHttpJsonOptions(options => JsonSetup.Apply(options.SerializerOptions));
        _ = builder.Services.AddSingleton(edge).AddSingleton<AllowedOrigins>().AddSingleton<PublicUrl>().AddSingleton<DiskFaults>();
        _ = host.SendsAnywhere
            ? builder.Services.AddSingleton<IHostNameProof, EveryHostNameProof>()
            : builder.Services.AddSingleton<IHostNameProof>(new DnsHostNameProof());
        if (host.SendsAnywhere) _ = builder.Services.AddSingleton(new OutgoingOptions { IsDevelopment = true });
        if (runsWorkers) _ = builder.Services.AddHostedService<LedgerWorkers>();
        Telemetry.Configure(builder);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseProxies(edge);
        _ = app.UseMiddleware<SecurityHeaders>();
        app.UseDocumentationPage();
        _ = app.UseMiddleware<RequestLog>().UseMiddleware<AuditTrail>().UseMiddleware<Cors>().UseMiddleware<ProblemBoundary>()
            .UseMiddleware<EdgeLimits>().UseMiddleware<RequestTime>().UseMiddleware<MePath>().UseRouting().UseMiddleware<AccessGate>().UseMiddleware<AnsweredPositions>();
        app.MapLedgerApi();
        return app;
    }

    private static void MapLedgerApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapIdentity();
        api.MapTenants();
        api.MapCustomers();
        api.MapProducts();
        api.MapProductVariations();
        api.MapClasses();
        api.MapBookings();
        api.MapProductLabels();
        api.MapProductImages();
        api.MapPaymentMethods();
        api.MapSetupSessions();
        api.MapSubscriptions();
        api.MapCoupons();
        api.MapInvoices();
        api.MapCreditNotes();
        api.MapCustomerBalances();
        api.MapOrders();
        api.MapPayments();
        api.MapPaymentIntents();
        api.MapPaymentWebhooks();
        api.MapProviderEvents();
        api.MapWebhookEndpoints();
        api.MapEvents();
        api.MapNotifications();
        api.MapRefunds();
        api.MapLoyalty();
        api.MapBillingRuns();
        api.MapClockAdvances();
        api.MapSandboxFaults();
        api.MapSandboxDisputes();
        api.MapDocuments();
        api.MapExports();
        api.MapReports();
        api.MapAccounting();
        api.MapAuditLogs();
        api.MapHealth();
        app.MapSigningKeys();
        app.MapSandboxCardPage();
        app.MapSandboxIntentPage();
        app.MapLedgerOpenApi();
        app.MapProblemPages();
    }
}
