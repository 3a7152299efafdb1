using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;

namespace Ledger.Application.Importing;

/// <summary>A subscriber, as a row of the file and its mapping say.</summary>
/// <param name="Number">As a spreadsheet counts: the header is row 1.</param>
/// <param name="Card">Null when the subscriber has no way to pay.</param>
/// <param name="HasLeft">Whether the subscription has ended where the file comes from.</param>
public sealed record SubscriberRow(
    long Number, string ExternalId, CustomerDetails Details, SubscriberCard? Card, SubscriberPlan Plan, bool HasLeft);

public sealed record SubscriberCard(string Provider, string Token, Gateways.Payments.TokenDescription Description);

/// <summary>What a subscriber pays for.</summary>
/// <param name="StartOn">The first day with service, and what its periods are counted from.</param>
/// <param name="PaidUntil">The first day that was not paid for elsewhere; null where nothing was.</param>
public sealed record SubscriberPlan(LocalDate StartOn, LocalDate? PaidUntil, Frequency Frequency, Money Price, string Description)
{
    /// <summary>The first day that is to be billed here.</summary>
    public LocalDate FirstDueOn => PaidUntil is { } paid && paid > StartOn ? paid : StartOn;
}
