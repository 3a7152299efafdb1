namespace Ledger.Domain.People;

/// <summary>Let a user go. Again changes nothing.</summary>
/// <param name="By">Who asks, when it is a user.</param>
/// <remarks>Refuses with <c>user_not_found</c>, <c>not_oneself</c>.</remarks>
public sealed record DeactivateUser(UserId Id, UserId? By) : ICommand<User, UserEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<UserEvent> Decide(User state)
    {
        if (state is User.Deactivated) return [];
        if (state is not User.Active known) return UserRejections.NotFound;
        if (By == Id) return UserRejections.NotOneself;
        Decision<UserEvent> gone = [new UserDeactivated(Id)];
        return gone.Releasing([new Claim(RegisterUser.ClaimKind, known.EmailToken, Stream, UserRejections.EmailTaken)]);
    }
}
