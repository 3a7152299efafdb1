using Ledger.Application.Importing;
using Ledger.Gateways.Payments;

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
        (await Should.ThrowAsync<ImportFaultException>(async () => await new ImportSource(file.Path, Mapping, TestLedger.Usd, await Provider()).Check(Today, _ => new(false), CancellationToken.None)))
            .Message.ShouldBe("column \"card\": payment_method.token: the file has no such column; it has id, start");
    }

    [Fact]
    public async Task Rows_are_counted_as_a_spreadsheet_counts_them() =>
        (await Faults("a,2026-01-31,monthly,1,Net,,no", "", "  ", ",,,,,,", "b,2026-01-31,monthly,bad,Net,,no", "\"c\n\nc\",2026-01-31,monthly,bad,Net,,no", "d,2026-01-31,monthly,bad,Net,,no"))
            .Select(one => one.Row).ShouldBe([6, 7, 8]);

    [Fact]
    public async Task Blank_lines_before_the_header_count_too()
    {
        using var file = new TextFile("", "", Header, "", "a,2026-01-31,monthly,bad,Net,,no");
        (await Review(file)).Faults.ShouldHaveSingleItem().Row.ShouldBe(5);
    }

    [Theory]
    [InlineData("a,2026-01-31,monthly,10.00,Net,sbx_visa_4242_1230,no", 0, 0, 0, "0.00")]
    [InlineData("a,2026-01-30,monthly,10.00,Net,sbx_visa_4242_1230,no", 1, 0, 1, "10.00")]
    [InlineData("a,2021-05-10,monthly,10.00,Net,sbx_visa_4242_1230,no", 1, 1, 57, "570.00")]
    [InlineData("a,2021-05-10,monthly,10.00,Net,sbx_visa_4242_1230,yes", 0, 0, 0, "0.00")]
    [InlineData("a,2021-05-10,monthly,10.00,Net,,no", 0, 0, 0, "0.00")]
    [InlineData("a,2025-12-30,every_2_weeks,10.00,Net,sbx_visa_4242_1230,no", 1, 1, 3, "30.00")]
    public async Task What_is_billed_at_once_is_counted(string row, long subscribers, long late, long invoices, string total)
    {
        using var file = new TextFile(Header, row);
        var due = (await Review(file)).Due;
        (due.Subscribers, due.Late, due.Invoices, due.Total.ToDecimalString()).ShouldBe((subscribers, late, invoices, total));
    }

    [Theory]
    [InlineData("2026-02-10", 0, 0, "0.00")]
    [InlineData("2026-01-30", 0, 1, "3.55")]
    [InlineData("2025-12-10", 1, 2, "20.00")]
    [InlineData("2021-05-09", -1, 0, "column \"paid\": subscription.paid_until: \"2021-05-09\" is before the start, 2021-05-10")]
    [InlineData("0021-05-10", -1, 0, "column \"paid\": subscription.paid_until: \"0021-05-10\" is no day from 1990-01-01 to 2200-12-31")]
    public async Task What_was_paid_elsewhere_is_not_billed(string paidUntil, long late, long invoices, string total)
    {
        using var file = new TextFile(Header + ",paid", $"a,2021-05-10,monthly,10.00,Net,sbx_visa_4242_1230,no,{paidUntil}");
        var mapping = Mapping.Replace("\"frequency\"", "\"paid_until\": { \"column\": \"paid\" }, \"frequency\"", StringComparison.Ordinal);
        var review = await new ImportSource(file.Path, mapping, TestLedger.Usd, await Provider()).Check(Today, _ => new(false), CancellationToken.None);
        if (late < 0) review.Faults.ShouldHaveSingleItem().ToString().ShouldBe($"row 2: {total}");
        else (review.Due.Late, review.Due.Invoices, review.Due.Total.ToDecimalString()).ShouldBe((late, invoices, total));
    }

    [Theory]
    [InlineData("ann@example.com\u202c", "has an invisible mark, or half of a character")]
    [InlineData("ann@example..com", "is no e-mail address such as anna@example.org")]
    public async Task An_address_that_nothing_can_be_sent_to_is_refused(string email, string reason)
    {
        using var file = new TextFile(Header + ",mail", $"a,2026-01-31,monthly,1,Net,,no,{email}");
        var mapping = Mapping.Replace("\"payment_method\"", "\"customer\": { \"email\": { \"column\": \"mail\" } }, \"payment_method\"", StringComparison.Ordinal);
        (await new ImportSource(file.Path, mapping, TestLedger.Usd, await Provider()).Check(Today, _ => new(false), CancellationToken.None))
            .Faults.ShouldHaveSingleItem().ToString().ShouldBe($"row 2: column \"mail\": customer.email: {reason}");
    }

    private static readonly NodaTime.LocalDate Today = new(2026, 1, 30);

    private static async Task<IReadOnlyList<ImportFault>> Faults(params string[] rows)
    {
        using var file = new TextFile([Header, .. rows]);
        return (await Review(file)).Faults;
    }

    private static async Task<ImportReview> Review(TextFile file) =>
        await new ImportSource(file.Path, Mapping, TestLedger.Usd, await Provider()).Check(Today, _ => new(false), CancellationToken.None);

    private static async Task<IPaymentProvider> Provider() => await SharedProvider.Value;

    private static readonly Lazy<Task<IPaymentProvider>> SharedProvider = new(async () => Gateways.Sandbox.SandboxProvider.Open(new()
    {
        ConnectionString = await Ledger.Testing.TestCluster.NewDatabase(), FingerprintKey = new byte[32],
    }));
}
