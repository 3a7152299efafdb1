using Ledger.Identity.Sessions;

namespace Ledger.Api.Audit;

/// <summary>What somebody did to get in, or out, or to be reached elsewhere. In the trail its name is the action.</summary>
public enum IdentityAction { Login, Logout, AccountLocked, PasswordResetRequest, PasswordChange, AddressChange }

/// <summary>What a request did of this, and to whose account: noted by the endpoint, and written when the request has been answered.</summary>
internal sealed class IdentityTrail
{
    private readonly List<(IdentityAction Action, Problem? Problem)> beside = [];

    /// <summary>What the request is for; null for anything else. It ended as the answer says.</summary>
    public IdentityAction? Action { get; private set; }

    /// <summary>In which tenant; null when that was never known.</summary>
    public string? Tenant { get; private set; }

    /// <summary>Whose account; null when it is nobody's.</summary>
    public Subject? Account { get; private set; }

    /// <summary>What happened beside it.</summary>
    public IReadOnlyList<(IdentityAction Action, Problem? Problem)> Beside => beside;

    public static IdentityTrail Of(HttpContext http)
    {
        if (http.Features.Get<IdentityTrail>() is { } known) return known;
        var made = new IdentityTrail();
        http.Features.Set(made);
        return made;
    }

    public void Begin(IdentityAction action) => Action = action;

    public void Begin(IdentityAction action, Caller caller)
    {
        Begin(action);
        IsAbout(caller.TenantName, new(caller.Customer is null ? SubjectKind.User : SubjectKind.Customer, caller.Id));
    }

    public void IsAbout(string tenant, Subject? account) => (Tenant, Account) = (tenant, account);

    public void Add(IdentityAction action, Problem? problem) => beside.Add((action, problem));
}
