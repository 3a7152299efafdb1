using Ledger.Application.Customers;
using Ledger.Cli;
using Ledger.Domain.Customers;
using Ledger.EventStore;
using Ledger.EventStore.PersonalData;
using Ledger.Testing;
using Ledger.Workers.Hosting;

namespace Ledger.Workers.Tests.CommandLine;

/// <summary>One master key is exchanged for another by the command line, from beginning to end.</summary>
public sealed class MasterKeyTests : IDisposable
{
    private readonly TestDirectory directory = new();

    private string KeyPath => Path.Combine(directory.Path, "master.key");

    private LedgerSettings Settings => new(null, directory.Path, null, KeyPath, RunsWorkers: false);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_master_key_is_exchanged_while_a_process_goes_on_and_then_forgotten()
    {
        var connectionString = await TestCluster.NewDatabase();
        var keys = MasterKeys.FromFile(KeyPath);
        var first = keys.All[0].Id;
        await using var running = await OpenLedger.On(connectionString, keys, Beside.Nothing, CancellationToken.None);
        var (tenant, person) = await Someone(running);

        (await Should.ThrowAsync<RefusedException>(ForgetMasterKeyCommand.Forget(running, Settings, first, CancellationToken.None))).Message.ShouldContain("is the one that wraps");
        RotateMasterKeyCommand.Rotate(Settings)[0].ShouldContain(KeyPath);
        await using var command = await OpenLedger.On(connectionString, MasterKeys.FromFile(KeyPath), Beside.Nothing, CancellationToken.None);
        (await Should.ThrowAsync<RefusedException>(ForgetMasterKeyCommand.Forget(command, Settings, first, CancellationToken.None))).Message.ShouldContain("rewrap");

        (await command.Get<PersonalKeyRewrap>().Run(null, CancellationToken.None)).ShouldBe(2);
        Rows(await command.Get<PersonalKeyRewrap>().Uses(CancellationToken.None))[1].ShouldBe($"{first}  0 may go: `ledger master-key forget {first}`");
        (await ForgetMasterKeyCommand.Forget(command, Settings, first, CancellationToken.None)).ShouldContain("is out of");
        MasterKeys.FromFile(KeyPath).All.Select(key => key.Id).ShouldBe([command.Get<MasterKeys>().All[0].Id]);

        running.Get<PersonalKeys>().ForgetAll();
        (await running.Get<CustomerSealing>().Open(tenant, person.Id, person.Details, CancellationToken.None)).FullName.ShouldBe("Anna");
        (await Should.ThrowAsync<RefusedException>(ForgetMasterKeyCommand.Forget(command, Settings, "0123456789abcdef", CancellationToken.None))).Message.ShouldContain("There is no master key 0123456789abcdef");
    }

    [Fact]
    public void Keys_that_come_from_the_environment_are_changed_there()
    {
        var settings = Settings with { MasterKey = Convert.ToBase64String(new byte[32]) };
        Should.Throw<RefusedException>(() => RotateMasterKeyCommand.Rotate(settings)).Message.ShouldContain("LEDGER_MASTER_KEY");
        File.Exists(KeyPath).ShouldBeFalse();
        var two = $"{Convert.ToBase64String(new byte[32])}\n\n {Convert.ToBase64String([1, .. new byte[31]])}\n";
        (settings with { MasterKey = two }).MasterKeys().All.Select(key => key.Id).ShouldBe([new MasterKey(new byte[32]).Id, new MasterKey([1, .. new byte[31]]).Id]);
    }

    [Theory]
    [InlineData("not a key")]
    [InlineData("c2hvcnQ=")]
    [InlineData("\n \n")]
    public void What_is_no_master_key_is_refused_without_being_shown(string text)
    {
        var message = Should.Throw<MasterKeyException>(() => MasterKeys.FromText(text)).Message;
        message.ShouldContain("LEDGER_MASTER_KEY");
        if (text.Trim().Length > 0) message.ShouldNotContain(text);
    }

    private static List<string> Rows(IReadOnlyList<MasterKeyUse> uses) => [.. MasterKeyStatusCommand.Rows(uses).Select(row => string.Join(' ', row))];

    private static async Task<(string Tenant, Customer.Known Person)> Someone(OpenLedger ledger)
    {
        var create = new Domain.Tenancy.CreateTenant(
            new(Guid.CreateVersion7()), "Telco", Domain.Tenancy.TenantMode.Sandbox, TestLedger.Usd, TestLedger.NewYork, PricesIncludeTax: true,
            [Domain.Time.Frequency.Monthly], new(20, 20));
        var context = await CreateTenantCommand.Write(ledger, create, NodaTime.Instant.FromUtc(2026, 1, 30, 12, 0), CancellationToken.None);
        var id = new CustomerId(Guid.CreateVersion7());
        var person = await ledger.Get<CustomerSealing>().New(context.Tenant, id, new(FullName: "Anna"), CancellationToken.None);
        var made = await ledger.Get<CommandHandler>().Handle(
            new CreateCustomer(id, CustomerHandle.For(id), null, person.HasName, person.Details, person.EmailToken, AutoSendInvoices: false, Metadata: null),
            person.In(context), CancellationToken.None);
        return (context.Tenant, (Customer.Known)made.State);
    }
}
