using System.Text;
using Ledger.Gateways.Payments;

namespace Ledger.Gateways.Tests.Sandbox;

/// <summary>The situations these tests share.</summary>
internal static class SandboxExamples
{
    public const string Good = "4242424242424242";
    public const string Declined = "4000000000000002";
    public const string WithoutFunds = "4000000000009995";
    public const string Expired = "4000000000000069";

    public const string GoodToken = "sbx_visa_4242_1230";
    public const string DeclinedToken = "sbx_visa_0002_1230";

    public const string Tenant = "nordur";

    public static readonly DateOnly Today = new(2026, 3, 10);

    public static readonly byte[] FingerprintKey = Encoding.ASCII.GetBytes("a key of thirty-two bytes, or so");

    public static CardDetails Card(string number, int month = 12, int year = 2030, string? cvc = "123") =>
        new(number, month, year, cvc, "Guðrún Jónsdóttir");

    public static ChargeRequest Request(string key, string token = GoodToken, long amount = 12_900) =>
        new(Tenant, key, token, amount, "ISK", "INV-1", Today);
}
