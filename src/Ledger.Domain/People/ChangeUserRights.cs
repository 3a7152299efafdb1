namespace Ledger.Domain.People;

/// <summary>Say what a user may do from now on. Requests that come later go by it, those under way do not.</summary>
/// <param name="By">Who asks, when it is a user.</param>
/// <remarks>Refuses with <c>user_not_found</c>, <c>not_oneself</c>.</remarks>
public sealed record ChangeUserRights(UserId Id, UserRole? Role, IReadOnlyList<Permission>? Permissions, UserId? By) : ICommand<User, UserEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<UserEvent> Decide(User state)
    {
        if (state is not User.Active known) return UserRejections.NotFound;
        if (By == Id) return UserRejections.NotOneself;
        var role = Role ?? known.Role;
        var permissions = Rights.Of(role, Permissions ?? known.Permissions);
        return role == known.Role && permissions.SequenceEqual(known.Permissions) ? [] : [new UserRightsChanged(Id, role, permissions)];
    }
}
