using Ledger.Gateways.Brokers;

namespace Ledger.Gateways.Tests.Brokers;

public class BrokerSettingsTests
{
    [Theory]
    [InlineData("amqp://login:word@mq.example:5673/ledger", "amqp://mq.example:5673")]
    [InlineData("amqps://login:word@mq.example", "amqps://mq.example")]
    public void It_is_shown_without_how_one_is_let_in(string address, string shown)
    {
        BrokerSettings.Of(address, null).ToString().ShouldBe(shown);
        BrokerSettings.Of(address, null).Open().Place.ShouldBe(shown);
        BrokerSettings.Of(address, null).Exchange.ShouldBe("ledger.events");
        BrokerSettings.Of(address, "others").Exchange.ShouldBe("others");
    }

    [Theory]
    [InlineData("mq.example")]
    [InlineData("https://login:word@mq.example")]
    [InlineData("kafka://login:word@mq.example")]
    [InlineData("amqp://login:word:word@mq.example/")]
    [InlineData("amqp://login:word@mq.example/a/b")]
    public void What_is_no_address_of_a_broker_is_refused_without_saying_it(string address) =>
        Should.Throw<BrokerSettingsException>(() => BrokerSettings.Of(address, null)).Message.ShouldNotContain("word@mq");
}
