using Ledger.Application.Tenancy;
using Ledger.EventStore.PersonalData;
using Ledger.Workers.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Events;

namespace Ledger.Cli;

/// <summary>What runs beside a command, in its process, while it lasts. Another process may do the same: leases see to that.</summary>
internal enum Beside { Nothing, Views, AllWork }

/// <summary>The ledger in a command's hands: its database, its parts, and what runs beside the command.</summary>
internal sealed class OpenLedger : IAsyncDisposable
{
    private static readonly TimeSpan ViewsWithin = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource stop = new();
    private readonly ServiceProvider parts;
    private readonly LedgerHost? host;
    private readonly LedgerWorkers? workers;
    private readonly Task views;

    private OpenLedger(ServiceProvider parts, LedgerHost? host, Beside beside)
    {
        (this.parts, this.host) = (parts, host);
        workers = beside is Beside.AllWork ? ActivatorUtilities.CreateInstance<LedgerWorkers>(parts) : null;
        views = beside is Beside.Views ? Task.Run(() => Get<ViewRunner>().Run(stop.Token)) : Task.CompletedTask;
    }

    /// <summary>Of this machine's ledger, as the environment says: a server of its own, or the one that another process runs.</summary>
    public static async Task<OpenLedger> Open(Beside beside, CancellationToken ct)
    {
        var settings = LedgerSettings.FromEnvironment();
        if (settings.IsNewHere)
        {
            await Console.Error.WriteLineAsync(
                $"ledger: there is no ledger in {Path.GetFullPath(settings.Directory)} yet; a new, empty one is made there. "
                + "Another one is named by LEDGER_DIRECTORY or LEDGER_DATABASE.");
        }

        var host = await LedgerHost.Open(settings, mayVisit: true, tell: _ => { }, ct);
        try { return await On(host, beside, isItsOwn: true, ct); }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public static Task<OpenLedger> On(string connectionString, MasterKeys master, Beside beside, CancellationToken ct, params IReadOnlyList<View> more) =>
        On(LedgerHost.Over(connectionString, master), beside, isItsOwn: true, ct, more);

    /// <param name="isItsOwn">Whether the host ends with it.</param>
    public static async Task<OpenLedger> On(LedgerHost host, Beside beside, bool isItsOwn, CancellationToken ct, params IReadOnlyList<View> more)
    {
        var services = new ServiceCollection().AddLogging(logging => logging.AddSerilog(Warnings(), dispose: true));
        var parts = services.AddLedger(host, more).AddPost(host).BuildServiceProvider();
        try { await parts.GetRequiredService<LedgerPreparation>().StartAsync(ct); }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }

        var ledger = new OpenLedger(parts, isItsOwn ? host : null, beside);
        if (ledger.workers is not null) await ledger.workers.StartAsync(CancellationToken.None);
        return ledger;
    }

    /// <summary>For those that say themselves which parts they need.</summary>
    public IServiceProvider Parts => parts;

    public T Get<T>() where T : notnull => parts.GetRequiredService<T>();

    /// <summary>The tenant with this id or name, and the instant by its clock.</summary>
    /// <exception cref="RefusedException">There is none, or several.</exception>
    public async Task<(Tenant.Known Tenant, CommandContext Context)> Tenant(string idOrName, string command, CancellationToken ct)
    {
        if (!Guid.TryParse(idOrName, out _)) await CatchUp(ct);
        var tenant = await Get<TenantDirectory>().Find(idOrName, ct) switch
        {
            [var one] => one,
            [] => throw new RefusedException($"There is no tenant \"{idOrName}\". See `ledger tenants list`."),
            { Count: var several } => throw new RefusedException($"{several} tenants are named \"{idOrName}\"; say the id instead. See `ledger tenants list`."),
        };
        return (tenant, new(tenant.Id.ToString(), "command_line", command, await Get<Tenants>().Now(tenant, ct)));
    }

    /// <summary>The id of the tenant with this id or name; null for none asked for.</summary>
    public async Task<string?> TenantId(string? idOrName, string command, CancellationToken ct) =>
        idOrName is null ? null : (await Tenant(idOrName, command, ct)).Tenant.Id.ToString();

    /// <summary>Waits until the views have all that is in the log.</summary>
    public async Task CatchUp(CancellationToken ct)
    {
        if (!await Get<ViewProgress>().WaitFor(await Get<EventFeed>().Head(ct), ViewsWithin, ct))
            throw new RefusedException($"The views did not catch up within {ViewsWithin.TotalSeconds:0} seconds. A view that has stopped says why in the log; `ledger rebuild --all` builds them anew.");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (workers is not null) await workers.StopAsync(CancellationToken.None);
        workers?.Dispose();
        await views;
        await parts.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        stop.Dispose();
    }

    private static Serilog.Core.Logger Warnings() => new LoggerConfiguration().MinimumLevel.Warning()
        .WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose, outputTemplate: "{Level:w}: {Message:lj}{NewLine}",
            formatProvider: System.Globalization.CultureInfo.InvariantCulture).CreateLogger();
}
