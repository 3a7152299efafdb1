using Ledger.Scenarios.Notifications;
using Ledger.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Kills;

/// <summary>Whatever is killed, everybody is written everything, and never twice under two ids.</summary>
[Trait("Category", "Heavy")]
public class NotificationKillTests(ITestOutputHelper output)
{
    private const int Subscribers = 60;

    [MailServerFact]
    public async Task Killed_eight_times_every_message_is_sent_under_one_id()
    {
        var seed = Killer.Seed;
        output.WriteLine($"LEDGER_TEST_SEED={seed}");
        using var server = new MailServer("starttls");
        using var telco = await Telco.Open(Subscribers, more: new Dictionary<string, string>
        {
            ["LEDGER_SMTP_HOST"] = "localhost", ["LEDGER_SMTP_PORT"] = $"{server.Port}", ["LEDGER_SMTP_FROM"] = "billing@ledger.example",
            ["LEDGER_SMTP_USER"] = MailServer.User, ["LEDGER_SMTP_PASSWORD"] = MailServer.Password, ["LEDGER_SMTP_CERTIFICATES"] = server.CertificateFile,
        });
        await GiveAddresses(telco);
        var database = await telco.Database();
        var head = await Number(database, "select max(seq_id) from public.mt_events");
        var killer = new Killer(seed, programs: 8, servers: 0, head, head + (Subscribers * 12));
        var work = telco.BillAndChase();
        try { await killer.Run(telco, work); }
        finally { output.WriteLine($"Killed:\n{string.Join('\n', killer.Done)}\nThe program said last:\n{telco.Program.Said}"); }
        await work;
        killer.Done.Count.ShouldBe(8);

        var last = await Number(database, "select max(seq_id) from public.mt_events");
        await Until(database, $"select count(*) from ledger.places where name = 'notifications' and position < {last - 2000}");
        await Until(database, "select count(*) from ledger.notifications where status = 'pending'");
        foreach (var (type, happened) in new[]
        {
            ("payment_receipt", "payment_captured"), ("dunning_final_notice", "subscription_errored"), ("subscription_expired", "subscription_expired"),
        })
            await Until(database, $"select abs((select count(*) from ledger.notifications where type = '{type}') - (select count(*) from public.mt_events where type = '{happened}'))");
        (await Number(database, "select (select count(*) from ledger.notifications where type in ('payment_failed', 'payment_retry_failed')) - (select count(*) from public.mt_events where type = 'payment_failed')")).ShouldBe(0);
        (await Number(database, "select count(*) from ledger.notifications where status <> 'sent'")).ShouldBe(0);

        var sent = await Texts(database, "select id::text from ledger.notifications");
        var mails = server.Mails;
        mails.Select(one => one.Header("Message-ID")).Distinct().ShouldBe(sent.Select(one => $"<{one}@ledger.example>"), ignoreOrder: true, $"seed {seed}");
        output.WriteLine($"{sent.Count} messages, {mails.Count} mails.");
    }

    private static async Task GiveAddresses(Telco telco)
    {
        for (var tries = 0; !telco.Program.IsListening && tries < 2400; tries++) await Task.Delay(50);
        var customers = (await telco.Client.Get($"/customers?limit={Subscribers}")).Is(200).Json["data"]!.AsArray();
        customers.Count.ShouldBe(Subscribers);
        foreach (var one in customers) _ = (await telco.Client.Patch($"/customers/{one!["id"]}", new { email = $"{one["id"]}@example.org" })).Is(200);
    }

    private static async Task<long> Number(string database, string sql) => Convert.ToInt64((await Read(database, sql))[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<string>> Texts(string database, string sql) => [.. (await Read(database, sql)).Cast<string>()];

    private static async Task<List<object>> Read(string database, string sql)
    {
        await using var connection = new NpgsqlConnection($"{database};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<object>();
        while (await reader.ReadAsync()) found.Add(reader.GetValue(0));
        return found;
    }

    private static async Task Until(string database, string countOfWhatIsLeft)
    {
        for (var tries = 0; tries < 3000 && await Number(database, countOfWhatIsLeft) != 0; tries++) await Task.Delay(50);
        (await Number(database, countOfWhatIsLeft)).ShouldBe(0, countOfWhatIsLeft);
    }
}
