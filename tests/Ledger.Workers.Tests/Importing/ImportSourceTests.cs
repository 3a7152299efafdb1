using Ledger.Gateways.Payments;
using Ledger.Workers.Importing;

namespace Ledger.Workers.Tests.Importing;

public class ImportSourceTests
{
    private const string Header = "id,start,often,price,what,card,left";

    private const string Mapping = """
        {
          "external_id": { "column": "id" }, "payment_method": { "token": { "column": "card" } },
          "subscription": {
            "start_date": { "column": "start" }, "frequency": { "column": "often" }, "price": { "column": "price" }, "description": { "column": "what" },
            "cancelled": { "column": "left", "values": { "yes": "true", "no": "false" } }
          }
        }
        """;

    [Theory]
    [InlineData("a,2026-01-31,monthly,29.85,Net,sbx_visa_4242_1230,no", null)]
    [InlineData("a,2026-01-31,monthly,29.85,Net,,no", null)]
    [InlineData("a,2026-01-31,every_2_weeks,0,\"Net, fast\",,yes", null)]
    [InlineData(",2026-01-31,monthly,29.85,Net,,no", "row 2: column \"id\": external_id: is empty")]
    [InlineData("a,2026-02-30,monthly,29.85,Net,,no", "row 2: column \"start\": subscription.start_date: \"2026-02-30\" is no date such as 2026-01-31")]
    [InlineData("a,2026-01-31,sometimes,29.85,Net,,no", "row 2: column \"often\": subscription.frequency: \"sometimes\" is no frequency")]
    [InlineData("a,2026-01-31,monthly,29.855,Net,,no", "row 2: column \"price\": subscription.price: \"29.855\" has more decimals than the 2 of USD")]
    [InlineData("a,2026-01-31,monthly,-1,Net,,no", "row 2: column \"price\": subscription.price: \"-1\" is no price such as 29.85")]
    [InlineData("a,2026-01-31,monthly,99999999999999999,Net,,no", "row 2: column \"price\": subscription.price: \"99999999999999999\" is too much")]
    [InlineData("a,2026-01-31,monthly,29.85,Net,sbx_visa_1111_1230,no", "row 2: column \"card\": payment_method.token: the provider sandbox knows no token \"sbx_visa_1111_1230\"")]
    [InlineData("a,2026-01-31,monthly,29.85,Net,,maybe", "row 2: column \"left\": subscription.cancelled: values has no translation of \"maybe\", and there is no default")]
    [InlineData("a,2026-01-31,monthly,29.85,Net,no", "row 2: has 6 values for 7 columns")]
    [InlineData("a,2026-01-31,monthly,29.85,\"Net,,no", "row 2: is no CSV")]
    public async Task A_row_is_fit_to_import_or_says_why_not(string row, string? reason)
    {
        var faults = await Faults(row);
        if (reason is null) faults.ShouldBeEmpty();
        else faults.ShouldHaveSingleItem().ToString().ShouldStartWith(reason);
    }

    [Fact]
    public async Task An_id_that_comes_twice_is_refused() =>
        (await Faults("a,2026-01-31,monthly,1,Net,,no", "b,2026-01-31,monthly,1,Net,,no", "a,2026-01-31,monthly,1,Net,,no"))
            .ShouldHaveSingleItem().ToString().ShouldBe("row 4: column \"id\": external_id: \"a\" stands in a row above as well");

    [Fact]
    public async Task Twenty_bad_rows_are_told_of() =>
        (await Faults([.. Enumerable.Range(1, 50).Select(i => $"a{i},soon,monthly,1,Net,,no")])).Count.ShouldBe(ImportSource.FaultsMax);

    [Fact]
    public async Task A_column_that_the_file_does_not_have_is_named()
    {
        using var file = new TextFile("id,start", "a,b");
        (await Should.ThrowAsync<ImportFaultException>(async () => await new ImportSource(file.Path, Mapping, TestLedger.Usd, await Provider()).Check(CancellationToken.None)))
            .Message.ShouldBe("column \"card\": payment_method.token: the file has no such column; it has id, start");
    }

    private static async Task<IReadOnlyList<ImportFault>> Faults(params string[] rows)
    {
        using var file = new TextFile([Header, .. rows]);
        return (await new ImportSource(file.Path, Mapping, TestLedger.Usd, await Provider()).Check(CancellationToken.None)).Faults;
    }

    private static async Task<IPaymentProvider> Provider() => await SharedProvider.Value;

    private static readonly Lazy<Task<IPaymentProvider>> SharedProvider = new(async () => await Gateways.Sandbox.SandboxProvider.Open(new()
    {
        ConnectionString = await Ledger.Testing.TestCluster.NewDatabase(), FingerprintKey = new byte[32],
    }, CancellationToken.None));
}
