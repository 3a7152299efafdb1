using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Api.Access;
using Ledger.Application.Customers;
using Ledger.Application.Tenancy;
using Ledger.Decisions;
using Ledger.Decisions.Json;
using Ledger.Domain.Customers;
using Ledger.Domain.People;
using Ledger.EventStore;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Database;
using Ledger.Testing;
using Ledger.Testing.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>What it costs a command that somebody is asked who they are, sees one tenant alone, and has what is personal sealed.</summary>
/// <remarks>
/// Two Ledgers on one server. The bare one has row-level security off in its whole database, is told who calls, and is given what is
/// personal as plain text, with the same words for search under plain hashes.
/// </remarks>
internal sealed class ProtectionScenario : IScenario
{
    /// <summary>What is left when a command costs 15 % more.</summary>
    private const double Least = 1 / 1.15;

    private const int Rounds = 11, Connections = 16;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private static readonly CustomerDetails Person = new(FullName: "Anna Lind", Email: "anna@x.example", Address: "Laugavegur 1", City: "Reykjavik", PostalCode: "101");

    public string Name => "protection";

    public string What => "commands with identity, row-level security and encryption, against the same without; what the access gate takes";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await TestCluster.Start(durable: true);
        await using var safe = await LedgerApp.Start(runsWorkers: false, connectionString: await cluster.CreateDatabase());
        var known = new KnownCaller();
        await using var bare = await LedgerApp.Start(
            runsWorkers: false, connectionString: await cluster.CreateDatabase(), replace: services => services.AddSingleton<IStartupFilter>(known));
        var (mine, plain) = (await safe.NewTenant(), await bare.NewTenant());
        await BenchStore.WithoutRowSecurity(bare.Services.GetRequiredService<LedgerDatabase>().Source, ct);
        known.Caller = new((await bare.Services.GetRequiredService<Tenants>().Find(plain.Name, ct))!, CallerKind.ApiKey, Guid.CreateVersion7(), CallerRole.Admin);
        using var user = await safe.NewUser(mine, UserRole.Admin);

        var figures = new List<Figure>();
        foreach (var writers in new[] { 1, Connections })
            figures.Add(await Compare($"customers taken in by the command, {writers} at once", writers, _ => TakeIn(safe, mine), _ => TakeInPlainly(bare, plain)));
        figures.Add(await Compare($"products over HTTP with a key, {Connections} at once", Connections, _ => Product(mine.Admin), _ => Product(plain.Admin)));
        figures.Add(new("the access gate, for a key", await Gate(safe, mine.Admin.Bearer!, ct), "µs", Most: 25));
        figures.Add(new("the access gate, for a token", await Gate(safe, user.Token!, ct), "µs", Most: 25));
        return figures;
    }

    private static async Task<Figure> Compare(string what, int writers, Func<int, Task> protectedOne, Func<int, Task> bareOne)
    {
        var (subject, baseline) = await Measure.InTurns(
            () => Measure.PerSecond(writers, Round, protectedOne), () => Measure.PerSecond(writers, Round, bareOne), Rounds);
        return new(what, subject, "/s", baseline, Ratio: Least);
    }

    private static async Task TakeIn(LedgerApp app, TestTenant tenant)
    {
        var id = new CustomerId(Guid.CreateVersion7());
        var context = await Context(app, tenant);
        var personal = await app.Services.GetRequiredService<CustomerSealing>().New(tenant.Name, id, Person with { Email = $"{id.Value:N}@x.example" }, CancellationToken.None);
        await Handle(app, id, personal.Details!, personal.EmailToken!, personal.In(context));
    }

    private static async Task TakeInPlainly(LedgerApp app, TestTenant tenant)
    {
        var id = new CustomerId(Guid.CreateVersion7());
        var context = await Context(app, tenant);
        var details = Person with { Email = $"{id.Value:N}@x.example" };
        var text = new Personal<CustomerDetails>(Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(details, LedgerJson.Options)));
        await Handle(app, id, text, details.Email, context with { Words = [new SearchWords(id.Value, [.. CustomerSearch.Words(details).Select(Hash)])] });
    }

    private static async Task Handle(LedgerApp app, CustomerId id, Personal<CustomerDetails> details, string email, CommandContext context)
    {
        var made = await app.Services.GetRequiredService<CommandHandler>().Handle(
            new CreateCustomer(id, CustomerHandle.For(id), null, HasName: true, details, email, AutoSendInvoices: false, Metadata: null), context, CancellationToken.None);
        if (made.Rejection is not null) throw new InvalidOperationException(made.Rejection.Code);
    }

    /// <summary>As a request makes it: by the tenant's clock, which is a read as the tenant.</summary>
    private static async Task<CommandContext> Context(LedgerApp app, TestTenant tenant)
    {
        var tenants = app.Services.GetRequiredService<Tenants>();
        var known = await tenants.Find(tenant.Name, CancellationToken.None);
        return new(tenant.Name, "bench", "bench", await tenants.Now(known!, CancellationToken.None));
    }

    private static async Task Product(LedgerClient client) => (await client.Post("/products", new { name = "Bread" })).Is(201);

    private static byte[] Hash(string word) => SHA256.HashData(Encoding.UTF8.GetBytes(word))[..16];

    /// <summary>Microseconds of a request that the gate takes, once it has seen the caller: the median of rounds, less those without a gate.</summary>
    private static async Task<double> Gate(LedgerApp app, string bearer, CancellationToken ct)
    {
        const int times = 20_000;
        var gate = new AccessGate(_ => Task.CompletedTask);
        var all = app.Services;
        var endpoint = new Endpoint(
            _ => Task.CompletedTask,
            new(new AccessRule(Who.Staff), new EndpointNameMetadata("bench"), new LimitedTo(int.MaxValue, Together: false)), "bench");
        async Task<double> Take(bool isGated)
        {
            var took = Stopwatch.StartNew();
            for (var i = 0; i < times; i++)
            {
                var http = new DefaultHttpContext { RequestServices = all, RequestAborted = ct };
                http.Request.Headers.Authorization = $"Bearer {bearer}";
                http.SetEndpoint(endpoint);
                if (isGated)
                    await gate.InvokeAsync(http, all.GetRequiredService<Callers>(), all.GetRequiredService<RequestLimits>(), all.GetRequiredService<Owners>(), all.GetRequiredService<HostTenants>());
            }

            return took.Elapsed.TotalMicroseconds / times;
        }

        var (gated, free) = await Measure.InTurns(() => Take(isGated: true), () => Take(isGated: false), Rounds);
        return gated - free;
    }

    /// <summary>Says who calls before anybody asks.</summary>
    private sealed class KnownCaller : IStartupFilter
    {
        public Caller? Caller { get; set; }

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            _ = app.Use((http, then) =>
            {
                if (Caller is not null) http.Features.Set(Caller);
                return then(http);
            });
            next(app);
        };
    }
}
