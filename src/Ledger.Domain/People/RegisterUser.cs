namespace Ledger.Domain.People;

/// <summary>Take in a user. The address is theirs alone among the users of the tenant.</summary>
/// <remarks>Refuses with <c>user_email_taken</c>.</remarks>
public sealed record RegisterUser(
    UserId Id, UserRole Role, IReadOnlyList<Permission> Permissions, Personal<UserDetails> Details, string EmailToken) : ICommand<User, UserEvent>
{
    public const string ClaimKind = "user.email";

    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<UserEvent> Decide(User state)
    {
        if (state is not User.Unknown) return [];
        Decision<UserEvent> registered = [new UserRegistered(Id, Role, Rights.Of(Role, Permissions), Details, EmailToken)];
        return registered.Claiming(new Claim(ClaimKind, EmailToken, Stream, UserRejections.EmailTaken));
    }
}

internal static class Rights
{
    /// <summary>Each once, in their order. Admins have them all without a list.</summary>
    public static IReadOnlyList<Permission> Of(UserRole role, IEnumerable<Permission> permissions) =>
        role is UserRole.Staff ? [.. permissions.Distinct().Order()] : [];
}
