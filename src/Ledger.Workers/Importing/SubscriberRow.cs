using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;

namespace Ledger.Workers.Importing;

/// <summary>A subscriber, as a row of the file and its mapping say.</summary>
/// <param name="Number">As a spreadsheet counts: the header is row 1.</param>
/// <param name="Card">Null when the subscriber has no way to pay.</param>
public sealed record SubscriberRow(
    long Number, string ExternalId, CustomerDetails Details, SubscriberCard? Card, LocalDate StartOn, Frequency Frequency,
    Money Price, string Description, bool IsCancelled);

public sealed record SubscriberCard(string Provider, string Token, Gateways.Payments.TokenDescription Description);
