using Ledger.Domain.People;

namespace Ledger.Api.Identity;

/// <summary>A user on the wire.</summary>
/// <param name="Role">Within whom they work for: one who looks after tenants is an admin of the platform.</param>
public sealed record UserResponse(UserId Id, UserRole Role, IReadOnlyList<Permission> Permissions, string? Email, string? Name, bool IsActive)
{
    public UserRole Role { get; } = Role is UserRole.PlatformAdmin ? UserRole.Admin : Role;
}

public sealed record UserRequest(
    string Email, string Password, string? Name = null, UserRole Role = UserRole.Staff, IReadOnlyList<Permission>? Permissions = null)
{
    public void OrRefuse() => new Check().Email(Email, "/email").Text(Name, "/name", 200)
        .Password(Password, "/password")
        .And(Role is UserRole.Staff or UserRole.Admin, "/role", "not_here", "staff or admin.").OrRefuse();
}
