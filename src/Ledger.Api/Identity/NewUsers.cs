using Ledger.Application.People;
using Ledger.Domain.People;

namespace Ledger.Api.Identity;

/// <summary>Takes a user in by a request, which may come twice.</summary>
internal static class NewUsers
{
    public static async Task<IResult> Take(Call call, Registration registration, UserRole role, UserRequest request, CancellationToken ct)
    {
        if (await call.Before(ct) is { } before) return before;
        return await call.Replay(async () =>
        {
            Answer Full(Outcome<User> outcome) => outcome.Rejection is { } no ? call.Refusal(no) : Created((User.Active)outcome.State, request, outcome.Version);
            var outcome = await registration.Register(
                call.Context, role, request.Permissions ?? [], new(request.Email, request.Name), request.Password, ct, outcome => Full(outcome).ToStored());
            return new AnswerResult(Full(outcome), outcome.Position);
        }, ct);
    }

    private static Answer Created(User.Active user, UserRequest request, long version) => Answer.Created(
        $"/api/v1/users/{user.Id.Value}", new UserResponse(user.Id, user.Role, user.Permissions, request.Email, request.Name, IsActive: true), version);
}
