using Ledger.Application.People;
using Ledger.Application.Tenancy;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.PersonalData;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;
using Ledger.Projections;
using Ledger.Projections.People;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Identity;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var users = api.MapGroup("/users").WithTags("Identity");
        _ = users.MapPost("", Create).Is("createUser", "Take in somebody who works for the tenant.", Who.Staff, Permission.ManageStaff)
            .Keyed().Takes<UserRequest>().Produces<UserResponse>(201).Rejects(UserRejections.EmailTaken, UserRejections.MoreThanOwn);
        _ = users.MapGet("", List).Is("listUsers", "Who works for the tenant, newest first; those who were let go too.", Who.Staff, Permission.ManageStaff)
            .Lists<UserResponse>();
        _ = users.MapPatch("/{user_id:guid}", Change).Is("updateUserRole", "Change what somebody may do. It holds for their next request.", Who.Staff, Permission.ManageStaff)
            .Takes<RightsRequest>().Produces<UserResponse>().Rejects(UserRejections.NotFound, UserRejections.NotOneself, UserRejections.MoreThanOwn);
        _ = users.MapDelete("/{user_id:guid}", Remove).Is("deleteUser", "Let somebody go: their sessions and the API keys that they gave out end at once, and their name and address become unreadable, for good.", Who.Staff, Permission.ManageStaff)
            .Produces(204).Rejects(UserRejections.NotFound, UserRejections.NotOneself, UserRejections.MoreThanOwn);
    }

    private static async Task<IResult> Create(Body<UserRequest> body, Call call, Registration registration, Granting granting, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse();
        RequireRights(call, granting, request.Role, request.Permissions ?? []);
        return await NewUsers.Take(call, registration, request.Role, request, ct);
    }

    private static async Task<IResult> List(Call call, Page page, Listing listing, PersonalKeys keys, CancellationToken ct)
    {
        var found = await listing.Read<UserRow>(call.Tenant, "users", page.Wanted, [], row => row.CreatedPosition, ct);
        var opened = await keys.FindMany(call.Tenant, [.. found.Rows.Select(row => row.Id)], ct);
        return TypedResults.Json(page.Answer(found, row =>
        {
            var details = opened.TryGetValue(row.Id, out var key) ? key.Open(new Personal<UserDetails>(row.Details)) : null;
            return new UserResponse(
                new(row.Id), Enum.Parse<UserRole>(row.Role.Replace("_", "", StringComparison.Ordinal), ignoreCase: true), Json.To<List<Permission>>(row.Permissions)!, details?.Email, details?.Name, row.IsActive);
        }), LedgerJson.Options);
    }

    private static async Task<IResult> Change(
        [FromRoute(Name = "user_id")] Guid userId, Body<RightsRequest> body, Call call, StateReader states, PersonalKeys keys, Granting granting,
        CancellationToken ct)
    {
        var request = body.Value;
        Check.That(request.Role is null or UserRole.Staff or UserRole.Admin, "/role", "not_here", "staff or admin.").OrRefuse();
        if (await RequireRightsOver(call, states, granting, userId, ct) is { } known)
            RequireRights(call, granting, request.Role ?? known.Role, request.Permissions ?? known.Permissions);
        var key = await keys.Find(call.Tenant, userId, ct);
        return await call.Run(new ChangeUserRights(new(userId), request.Role, request.Permissions, call.Caller.User), outcome =>
        {
            var user = (User.Active)outcome.State;
            var details = key?.Open(user.Details);
            return Answer.Ok(new UserResponse(user.Id, user.Role, user.Permissions, details?.Email, details?.Name, IsActive: true), outcome.Version);
        }, ct);
    }

    private static async Task<IResult> Remove(
        [FromRoute(Name = "user_id")] Guid userId, Call call, StateReader states, Granting granting, Sessions sessions, SignedInCallers callers,
        PendingAddresses pending, Logins logins, TenantKeys apiKeys, CommandHandler commands, IClock clock, CancellationToken ct)
    {
        _ = await RequireRightsOver(call, states, granting, userId, ct);
        var answer = await call.Run(
            new DeactivateUser(new(userId), call.Caller.User), _ => Answer.NoContent, ct, context => context with { Keys = [new(userId, null)] });
        if (answer is AnswerResult { Status: 204 })
        {
            foreach (var ended in await sessions.EndOthers(call.Tenant, userId, null, "let_go", clock.GetCurrentInstant(), ct)) callers.Forget(ended);
            await logins.Remove(call.Tenant, userId, ct);
            foreach (var line in await apiKeys.All(call.Tenant, ct))
                if (line.IssuedBy?.Value == userId && !line.IsRevoked) _ = await commands.Handle(new RevokeApiKey(line.Key.Id), call.Context with { Request = null, ExpectedVersion = null }, ct);
            await pending.Remove(call.Tenant, userId, channel: null, ct);
        }

        return answer;
    }

    /// <summary>Nobody gives what they do not have.</summary>
    private static void RequireRights(Call call, Granting granting, UserRole role, IReadOnlyList<Permission> permissions)
    {
        if (!granting.MayMakeUser(call.Caller, role, permissions)) throw new ProblemException(Problem.Of(UserRejections.MoreThanOwn));
    }

    /// <summary>Nor takes from whom they could not have given it.</summary>
    private static async Task<User.Active?> RequireRightsOver(Call call, StateReader states, Granting granting, Guid id, CancellationToken ct)
    {
        if (await states.Of<User, UserEvent>(call.Tenant, new UserId(id).Stream, ct) is not User.Active user) return null;
        RequireRights(call, granting, user.Role, user.Permissions);
        return user;
    }

    internal sealed record RightsRequest(UserRole? Role = null, IReadOnlyList<Permission>? Permissions = null);
}
