namespace Ledger.Domain.People;

/// <summary>What can happen to a user. Stored forever: add cases, never edit them. Passwords and sessions are not in the log.</summary>
public abstract record UserEvent : IEvent
{
    private protected UserEvent() { }
}

/// <param name="Details">Sealed under the user's own key.</param>
/// <param name="EmailToken">The e-mail address as keyed hash: what the user logs in by.</param>
public sealed record UserRegistered(
    UserId Id, UserRole Role, IReadOnlyList<Permission> Permissions, Personal<UserDetails> Details, string EmailToken) : UserEvent;

public sealed record UserRightsChanged(UserId Id, UserRole Role, IReadOnlyList<Permission> Permissions) : UserEvent;

/// <summary>The user no longer gets in, and the address is free for another.</summary>
public sealed record UserDeactivated(UserId Id) : UserEvent;

/// <summary>Staff serve customers; an admin, and the merchant whose tenant it is, may do all that the tenant may; a platform admin looks after tenants.</summary>
public enum UserRole { Staff, Admin, PlatformAdmin, Merchant }

/// <summary>What staff may do beyond serving customers. An admin may do all of it.</summary>
public enum Permission
{
    /// <summary>Take in staff, change their rights, let them go; give out and revoke API keys.</summary>
    ManageStaff,

    /// <summary>Approve refunds that others asked for.</summary>
    ApproveRefunds,

    /// <summary>Read reports about money.</summary>
    ViewFinancialReports,

    /// <summary>Read what is personal in full, national ids included.</summary>
    ReadPersonalData,
}

/// <summary>What is personal about a user. It is stored only sealed.</summary>
public sealed record UserDetails(string Email, string? Name);
