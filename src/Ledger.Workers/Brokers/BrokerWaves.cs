using Ledger.Gateways.Brokers;

namespace Ledger.Workers.Brokers;

/// <summary>Cuts what is to be handed on into waves, each of which is confirmed before the next is sent.</summary>
/// <remarks>
/// In a wave no subject comes twice. A broker that falls may keep any part of a wave: of a subject it never keeps a later event
/// without those before it, and what is sent again comes in the order in which it was sent first.
/// </remarks>
internal static class BrokerWaves
{
    private const int Most = 200;

    /// <summary>All of it, in its order.</summary>
    public static IEnumerable<IReadOnlyList<BrokerMessage>> Of(IEnumerable<BrokerMessage> messages)
    {
        var (wave, subjects) = (new List<BrokerMessage>(), new HashSet<(string, Guid)>());
        foreach (var one in messages)
        {
            if (wave.Count == Most || !subjects.Add((one.Tenant, one.Subject)))
            {
                yield return wave;
                (wave, subjects) = ([], [(one.Tenant, one.Subject)]);
            }

            wave.Add(one);
        }

        if (wave.Count > 0) yield return wave;
    }
}
