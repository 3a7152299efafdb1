using System.Collections.Immutable;
using Ledger.Domain.PaymentMethods;

namespace Ledger.Projections.PaymentMethods;

/// <summary>The payment methods of each customer, in one row, without tokens.</summary>
public sealed class WalletView : View<WalletRow>
{
    public override string Name => "wallets";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, customer_id uuid not null, methods jsonb not null, default_id uuid,
        earliest_expiry int, version bigint not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, earliest_expiry)"];

    public override IReadOnlyList<string> Streams => ["wallet"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is WalletEvent ? [happened.Stream.Id] : [];

    public override WalletRow? After(WalletRow? row, Guid id, StoredEvent happened)
    {
        var methods = Json.To<ImmutableList<WalletMethod>>(row?.Methods) ?? [];
        (methods, var standard, var customer) = happened.Event switch
        {
            PaymentMethodAdded added => (
                methods.Add(new(added.Id.Value, added.Provider, added.Brand, added.Last4, added.ExpMonth, added.ExpYear, IsActive: true)),
                row?.DefaultId, added.CustomerId),
            DefaultPaymentMethodChanged changed => (methods, changed.Id.Value, changed.CustomerId),
            PaymentMethodDeactivated off => (Put(methods, off.Id, active: false), row!.DefaultId, off.CustomerId),
            PaymentMethodActivated on => (Put(methods, on.Id, active: true), row!.DefaultId, on.CustomerId),
            PaymentMethodRemoved gone => (
                methods.RemoveAll(one => one.Id == gone.Id.Value), row!.DefaultId == gone.Id.Value ? null : row.DefaultId, gone.CustomerId),
            _ => throw new UnreachableException(),
        };
        int? earliest = methods.IsEmpty ? null : methods.Min(one => one.ExpYear * 100 + one.ExpMonth);
        return new(happened.Tenant, id, customer.Value, Json.Of(methods)!, standard, earliest, happened.Version);
    }

    private static ImmutableList<WalletMethod> Put(ImmutableList<WalletMethod> methods, PaymentMethodId id, bool active) =>
        [.. methods.Select(one => one.Id == id.Value ? one with { IsActive = active } : one)];
}

/// <param name="EarliestExpiry">Year and month as a number, 203012, of the card that expires first.</param>
public sealed record WalletRow(
    string TenantId, Guid Id, Guid CustomerId, [property: JsonColumn] string Methods, Guid? DefaultId, int? EarliestExpiry, long Version);

public sealed record WalletMethod(Guid Id, string Provider, string Brand, string Last4, int ExpMonth, int ExpYear, bool IsActive);
