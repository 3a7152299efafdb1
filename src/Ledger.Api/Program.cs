using Ledger.Api;
using Ledger.LocalPostgres;
using Ledger.Workers.Hosting;

Interrupts.Heed();

if (args is ["--help" or "-h" or "help"])
{
    Console.WriteLine("""
        Serves Ledger over HTTP, and does what happens without a request.

          LEDGER_URLS        where to listen                      http://127.0.0.1:5080
          LEDGER_DATABASE    PostgreSQL's connection string       a private cluster in .ledger
          LEDGER_DIRECTORY   for the private cluster and the key  .ledger
          LEDGER_MASTER_KEY  base64 of 32 bytes, one key a line   .ledger/master.key
          LEDGER_HOSTS       the platform's own host names       none
          LEDGER_WORKERS     off: only HTTP, others do the work   on
          LEDGER_OUTGOING    development: webhooks may go here    only to the public
          LEDGER_BROKER      amqps://…: the feed is handed on there nowhere
          LEDGER_SMTP_…      how mail leaves                      files in .ledger/mail
          LEDGER_SMS_…       how SMS leaves                       files in .ledger/mail
          LEDGER_PUBLIC_URL  where clients reach this            where it listens
          LEDGER_PROXIES     whose X-Forwarded-For is believed    nobody's
        """);
    return 0;
}

try
{
    var settings = LedgerSettings.FromEnvironment();
    await using var host = await LedgerHost.Open(settings, mayVisit: false, Console.Error.WriteLine, CancellationToken.None);
    var urls = Environment.GetEnvironmentVariable("LEDGER_URLS") ?? "http://127.0.0.1:5080";
    await using var app = ApiHost.Build(args, host, settings.RunsWorkers, urls);
    await app.StartAsync();
    Console.Error.WriteLine($"Ledger listens on {string.Join(", ", app.Urls)}. Read about it at {app.Urls.First()}/docs.");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception e) when (e is ClusterUnavailableException or Ledger.EventStore.PersonalData.MasterKeyException or Ledger.EventStore.Projecting.ViewChangedException or Ledger.Gateways.Brokers.BrokerSettingsException or Ledger.Api.Edge.EdgeSettingsException or LedgerSettingsException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
