using Ledger.Domain.Classes;

namespace Ledger.Projections.Classes;

/// <summary>Every class package, those that are not sold included.</summary>
public sealed class ClassPackageView : View<ClassPackageRow>
{
    public override string Name => "class_packages";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, name text not null, description text, class_count int not null, currency text not null,
        price bigint not null, validity_days int not null, is_active boolean not null, version bigint not null,
        created_position bigint not null, created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)", "(tenant_id, is_active, created_position)"];

    public override IReadOnlyList<string> Streams => ["class_package"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ClassPackageEvent ? [happened.Stream.Id] : [];

    public override ClassPackageRow? After(ClassPackageRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        return happened.Event switch
        {
            ClassPackageCreated made => new(
                happened.Tenant, id, made.Name, made.Description, made.ClassCount, made.Price.Currency.Code, made.Price.Amount, made.ValidityDays,
                made.IsActive, happened.Version, happened.Position, at, at),
            ClassPackageChanged changed => row! with
            {
                Name = changed.Name, Description = changed.Description, ClassCount = changed.ClassCount, Currency = changed.Price.Currency.Code,
                Price = changed.Price.Amount, ValidityDays = changed.ValidityDays, IsActive = changed.IsActive, Version = happened.Version, UpdatedAt = at,
            },
            _ => throw new UnreachableException(),
        };
    }
}

public sealed record ClassPackageRow(
    string TenantId, Guid Id, string Name, string? Description, int ClassCount, string Currency, long Price, int ValidityDays, bool IsActive,
    long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);
