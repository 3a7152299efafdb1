using Ledger.Application.Brokers;
using Ledger.Application.Following;
using Ledger.Application.Notifications;
using Ledger.Application.Webhooks;
using Ledger.Projections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ledger.Workers.Hosting;

/// <summary>
/// Makes ready what a process works with, before anything of it runs: the schema, the views' tables, the places in the log.
/// </summary>
/// <remarks>To be started before the other services: they read those tables.</remarks>
public sealed class LedgerPreparation(LedgerHost host, IServiceProvider parts) : IHostedService
{
    /// <exception cref="ViewChangedException">The code of a view has changed, and its version has not.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var database = parts.GetRequiredService<LedgerDatabase>();
        _ = await Migrations.Apply(database, LedgerServices.Schemas, cancellationToken);
        parts.GetRequiredService<OutdatedViews>().Views = await parts.GetRequiredService<ViewTables>()
            .Prepare(parts.GetRequiredService<IReadOnlyList<View>>(), AllViews.Prints(), cancellationToken);
        await PolicyRunner.Prepare(database, parts.GetRequiredService<IReadOnlyList<IPolicy>>(), cancellationToken);
        foreach (var name in (string[])[WebhookTable.Name, NotificationTable.Name, .. host.Broker is null ? [] : (string[])[BrokerPlace.Name]])
            await LogPlace.Prepare(database, name, cancellationToken);
        parts.GetRequiredService<ProcessSignals>().Start();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Views whose table is of an earlier version, to be built anew beside it.</summary>
public sealed class OutdatedViews
{
    /// <summary>None before the process has been made ready.</summary>
    public IReadOnlyList<View> Views { get; internal set; } = [];
}
