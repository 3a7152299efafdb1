using FsCheck;
using FsCheck.Fluent;
using Ledger.Gateways.Brokers;
using Ledger.Workers.Brokers;
using NodaTime;

namespace Ledger.Workers.Tests.Brokers;

public class BrokerWavesTests
{
    [Fact]
    public void Waves_are_all_of_it_in_its_order_and_none_has_a_subject_twice() => Prop.ForAll(
        Gen.Choose(1, 12).ArrayOf().ToArbitrary(), subjects =>
        {
            var all = subjects.Select(Message).ToList();
            var waves = BrokerWaves.Of(all).ToList();
            waves.SelectMany(wave => wave).ShouldBe(all);
            foreach (var wave in waves) wave.Select(one => (one.Tenant, one.Subject)).ShouldBeUnique();
            foreach (var (wave, next) in waves.Zip(waves.Skip(1))) wave.Select(one => one.Subject).ShouldContain(next[0].Subject);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_wave_has_at_most_two_hundred() =>
        BrokerWaves.Of(Enumerable.Range(0, 450).Select(Message)).Select(wave => wave.Count).ShouldBe([200, 200, 50]);

    [Fact]
    public void Things_of_two_tenants_are_two_subjects() =>
        BrokerWaves.Of([Message(1) with { Tenant = "a" }, Message(1) with { Tenant = "b" }]).Count().ShouldBe(1);

    private static BrokerMessage Message(int subject) =>
        new(Guid.NewGuid(), "tenant", "order.paid", new Guid(subject, 0, 0, new byte[8]), 1, 1, Instant.MinValue, default);
}
