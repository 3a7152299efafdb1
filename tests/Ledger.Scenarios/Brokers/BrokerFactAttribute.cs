using Ledger.Testing;

namespace Ledger.Scenarios.Brokers;

/// <summary>A test that runs a RabbitMQ; skipped where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute()
    {
        if (!File.Exists(TestBroker.Program)) Skip = "There is no RabbitMQ here (Debian: apt-get install rabbitmq-server).";
    }
}
