using Ledger.Application.Importing;


namespace Ledger.Workers.Tests.Importing;

public class SubscriberMappingTests
{
    private const string Whole = """
        {
          "external_id": { "column": "id" },
          "customer": { "full_name": { "column": "name" } },
          "payment_method": { "provider": "sandbox", "token": { "column": "card", "values": { "good": "sbx_visa_4242_1230" }, "default": "sbx_visa_0002_1230" } },
          "subscription": {
            "start_date": { "value": "2026-01-31" }, "frequency": { "value": "monthly" }, "price": { "column": "price", "currency": "USD" },
            "description": { "value": "Internet" }, "cancelled": { "column": "left", "values": { "yes": "true", "no": "false" } }
          }
        }
        """;

    [Fact]
    public void A_whole_mapping_says_where_each_field_comes_from()
    {
        var mapping = SubscriberMapping.Parse(Whole);
        mapping.ExternalId.Column.ShouldBe("id");
        mapping.Details.Keys.ShouldBe(["full_name"]);
        mapping.Price.Currency.ShouldBe("USD");
        mapping.Token!.Default.ShouldBe("sbx_visa_0002_1230");
        mapping.StartOn.Value.ShouldBe("2026-01-31");
    }

    [Theory]
    [InlineData("\"price\": { \"column\"", "\"price\": { \"colum\"", "subscription.price.colum: is unknown; possible here: column, value, values, default, currency")]
    [InlineData("\"external_id\": { \"column\": \"id\" },", "", "external_id: is missing")]
    [InlineData("\"external_id\": { \"column\": \"id\" }", "\"external_id\": { }", "external_id: needs either a column or a value, and not both")]
    [InlineData("{ \"value\": \"monthly\" }", "{ \"value\": \"monthly\", \"column\": \"often\" }", "subscription.frequency: needs either a column or a value, and not both")]
    [InlineData("{ \"value\": \"monthly\" }", "{ \"value\": \"monthly\", \"default\": \"yearly\" }", "subscription.frequency: has one value for every row, so it cannot have values or a default")]
    [InlineData("{ \"value\": \"monthly\" }", "{ \"value\": 1 }", "subscription.frequency.value: is to be a string")]
    [InlineData("{ \"value\": \"monthly\" }", "\"monthly\"", "subscription.frequency: is to be an object")]
    [InlineData("\"yes\": \"true\"", "\"yes\": true", "subscription.cancelled.values.yes: is to be a string")]
    [InlineData("\"yes\": \"true\"", "\"yes\": \"true\", \"yes\": \"false\"", "subscription.cancelled.values.yes: stands there twice")]
    [InlineData("\"full_name\"", "\"nickname\"", "customer.nickname: is unknown; possible here: full_name")]
    [InlineData("{ \"column\": \"name\" }", "{ \"column\": \"name\", \"currency\": \"USD\" }", "customer.full_name.currency: is unknown")]
    [InlineData("\"customer\"", "\"custumer\"", "custumer: is unknown; possible here: external_id, customer, payment_method, subscription")]
    [InlineData("\"subscription\": {", "\"subscription\": [", "the mapping is no JSON, from line 6 on")]
    public void What_is_wrong_is_named_by_its_path(string part, string instead, string reason)
    {
        Whole.ShouldContain(part);
        Should.Throw<ImportFaultException>(() => SubscriberMapping.Parse(Whole.Replace(part, instead, StringComparison.Ordinal)))
            .Message.ShouldStartWith(reason);
    }
}
