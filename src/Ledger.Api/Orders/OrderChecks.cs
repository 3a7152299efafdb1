using Ledger.Domain.Orders;

namespace Ledger.Api.Orders;

internal static class OrderChecks
{
    private const string LinkKind = "order confirmation";

    /// <summary>Where anybody who has it may see how an order stands.</summary>
    public static async Task<string> Confirmation(this SignedLinks links, Call call, OrderId id, CancellationToken ct) =>
        $"/api/v1/orders/{id.Value}/confirmation?tenant={call.Tenant}&signature={await links.Sign(call.Tenant, LinkKind, id.Value, ct)}";

    /// <exception cref="ProblemException">The link is not ours.</exception>
    public static Task CheckConfirmation(this SignedLinks links, string tenant, OrderId id, string signature, CancellationToken ct) =>
        links.Check(tenant, LinkKind, id.Value, signature, ct);
}
