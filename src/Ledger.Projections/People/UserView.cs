using Ledger.Domain.People;

namespace Ledger.Projections.People;

/// <summary>Every user there ever was. What is personal stays sealed.</summary>
public sealed class UserView : View<UserRow>
{
    public override string Name => "users";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, role text not null, permissions jsonb not null, details text not null,
        is_active boolean not null, created_position bigint not null, created_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["user"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is UserEvent ? [happened.Stream.Id] : [];

    public override UserRow? After(UserRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        UserRegistered made => new(
            happened.Tenant, id, EventTypes.SnakeCase(made.Role.ToString()), Json.Of(made.Permissions)!, made.Details.Sealed, IsActive: true,
            happened.Position, happened.Headers.EffectiveAt),
        UserRightsChanged changed => row! with { Role = EventTypes.SnakeCase(changed.Role.ToString()), Permissions = Json.Of(changed.Permissions)! },
        UserDeactivated => row! with { IsActive = false },
        _ => throw new UnreachableException(),
    };
}

/// <param name="Details">Sealed <see cref="UserDetails"/>.</param>
public sealed record UserRow(
    string TenantId, Guid Id, string Role, [property: JsonColumn] string Permissions, string Details, bool IsActive, long CreatedPosition, Instant CreatedAt);
