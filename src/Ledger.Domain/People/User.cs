namespace Ledger.Domain.People;

/// <summary>A user, as known now.</summary>
public abstract record User : IState<User, UserEvent>
{
    private User() { }

    public sealed record Unknown : User;

    public sealed record Active(
        UserId Id, UserRole Role, IReadOnlyList<Permission> Permissions, Personal<UserDetails> Details, string EmailToken) : User;

    public sealed record Deactivated : User;

    public static User Initial { get; } = new Unknown();

    public static User Evolve(User state, UserEvent @event) => @event switch
    {
        UserRegistered made => new Active(made.Id, made.Role, made.Permissions, made.Details, made.EmailToken),
        UserRightsChanged changed => (Active)state with { Role = changed.Role, Permissions = changed.Permissions },
        UserDeactivated => new Deactivated(),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a user can say.</summary>
public static class UserRejections
{
    public static readonly Rejection NotFound = new("user_not_found", RejectionKind.NotFound, "No user has this id.");
    public static readonly Rejection EmailTaken = new("user_email_taken", RejectionKind.Conflict, "Another user has this e-mail address.");
    public static readonly Rejection NotOneself = new("not_oneself", RejectionKind.Conflict, "Nobody changes their own rights, or lets themselves go.");
    public static readonly Rejection MoreThanOwn = new("more_than_own_rights", RejectionKind.Forbidden, "Nobody gives rights that they do not have.");
}
