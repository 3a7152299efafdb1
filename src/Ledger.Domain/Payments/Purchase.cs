namespace Ledger.Domain.Payments;

/// <summary>What a payment without an invoice is for.</summary>
public sealed record Purchase(PurchaseKind Kind, Guid Id);

public enum PurchaseKind { Order, Booking, ClassCredit }
