using Ledger.Domain.Customers;
using Ledger.Domain.People;

namespace Ledger.Api.Customers;

/// <summary>How much of what is personal a caller is shown.</summary>
public enum CustomerSight
{
    /// <summary>All but the national id, of which the last four characters are shown.</summary>
    Masked,

    /// <summary>All of it.</summary>
    Full,
}

/// <summary>The one place where it is decided what of a customer a caller sees. Source: rule G-04.</summary>
/// <remarks>
/// Reads show what the caller may see. Answers to writes are masked for everybody: they are kept for repeats, and whoever repeats
/// may have fewer rights by then.
/// </remarks>
public static class CustomerSights
{
    private const int ShownAtTheEnd = 4, ShortestShown = 8;

    public static CustomerSight Of(Caller caller) => caller.May(Permission.ReadPersonalData) || caller.Kind is CallerKind.Customer ? CustomerSight.Full : CustomerSight.Masked;

    public static CustomerDetails Shown(this CustomerDetails details, CustomerSight sight) => sight switch
    {
        CustomerSight.Full => details,
        _ => details with { SocialSecurityNumber = Masked(details.SocialSecurityNumber) },
    };

    /// <summary>As long as it was; of a short one nothing is shown.</summary>
    public static string? Masked(string? number)
    {
        if (number is null) return null;
        var hidden = number.Length < ShortestShown ? number.Length : number.Length - ShownAtTheEnd;
        return new string('*', hidden) + number[hidden..];
    }
}
