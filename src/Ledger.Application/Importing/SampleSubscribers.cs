using System.Globalization;
using Ledger.Domain.Amounts;

namespace Ledger.Application.Importing;

/// <summary>Invented subscribers: the same seed gives the same ones, everywhere and for ever.</summary>
public static class SampleSubscribers
{
    private static readonly Currency Dollars = Currency.Parse("USD");

    /// <summary>Plans with their price in cents and how many of 100 subscribers have them.</summary>
    private static readonly (string Plan, long Price, int Share)[] Plans =
        [("Basic", 1990, 30), ("Internet", 4990, 35), ("Internet and phone", 6990, 20), ("Everything", 9990, 15)];

    private static readonly (string Payment, int Share)[] Payments = [("card", 60), ("direct debit", 25), ("check", 15)];

    private static readonly (string Status, int Share)[] Statuses = [("active", 80), ("left", 20)];

    /// <summary>The header, then a line per subscriber.</summary>
    public static IEnumerable<string> Lines(int rows, int seed)
    {
        yield return "customer_id,plan,monthly_price,payment,status";
        var random = (ulong)(uint)seed;
        for (var i = 1; i <= rows; i++)
        {
            var (plan, price, _) = Pick(Plans, plan => plan.Share, ref random);
            var discount = (long)(Next(ref random) % 4) * 100;   // Some have bargained.
            var (payment, _) = Pick(Payments, payment => payment.Share, ref random);
            var (status, _) = Pick(Statuses, status => status.Share, ref random);
            yield return string.Create(CultureInfo.InvariantCulture,
                $"S-{seed:0000}-{i:000000},{plan},{new Money(price - discount, Dollars).ToDecimalString()},{payment},{status}");
        }
    }

    /// <summary>What the columns mean: who pays by check has a card that is declined.</summary>
    public static string Mapping(LocalDate startOn) => $$"""
        {
          "external_id": { "column": "customer_id" },
          "payment_method": {
            "provider": "sandbox",
            "token": {
              "column": "payment",
              "values": { "card": "sbx_visa_4242_1230", "direct debit": "sbx_visa_4242_1230", "check": "sbx_visa_0002_1230" }
            }
          },
          "subscription": {
            "start_date": { "value": "{{startOn:uuuu-MM-dd}}" },
            "frequency": { "value": "monthly" },
            "price": { "column": "monthly_price", "currency": "USD" },
            "description": { "column": "plan" },
            "cancelled": { "column": "status", "values": { "left": "true", "active": "false" } }
          }
        }

        """;

    private static T Pick<T>(T[] all, Func<T, int> share, ref ulong random)
    {
        var left = (int)(Next(ref random) % 100);
        foreach (var one in all)
        {
            left -= share(one);
            if (left < 0) return one;
        }

        return all[^1];
    }

    /// <summary>SplitMix64: small, and the same on every machine and in every version.</summary>
    private static ulong Next(ref ulong state)
    {
        unchecked
        {
            state += 0x9e3779b97f4a7c15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            return z ^ (z >> 31);
        }
    }
}
