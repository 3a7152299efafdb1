using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Classes;

/// <summary>Give a customer the classes of a package, for which a payment system outside has taken the money.</summary>
/// <remarks>
/// Refuses with <c>payment_id_reused</c> when that payment was told of with other content, <c>customer_not_found</c>,
/// <c>class_package_not_found</c>, <c>class_package_inactive</c>, <c>amount_mismatch</c>. The same payment with the same content
/// changes nothing.
/// </remarks>
/// <param name="OutsidePaymentId">What the system outside calls the payment.</param>
/// <param name="Today">The current date in the tenant's zone: the classes can be used from it on.</param>
public sealed record IssueClassCredit(
    TenantId Tenant, CustomerId CustomerId, ClassPackageId ClassPackageId, string OutsidePaymentId, Money Amount, LocalDate Today) : IJointCommand
{
    public PaymentId PaymentId => PaymentId.TakenOutside(Tenant, OutsidePaymentId);

    public ClassCreditId Id => ClassCreditId.BoughtBy(PaymentId);

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<ClassCredit, ClassCreditEvent>(Id.Stream) is ClassCredit.Known known)
            return IsOf(known) ? JointDecision.Nothing : PaymentRejections.IdReused;
        if (await states.OfNew<Payment, PaymentEvent>(PaymentId.Stream) is not Payment.Unknown) return PaymentRejections.IdReused;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (await states.Of<ClassPackage, ClassPackageEvent>(ClassPackageId.Stream) is not ClassPackage.Known package)
            return ClassPackageRejections.NotFound;
        if (!package.IsActive) return ClassPackageRejections.Inactive;
        if (Amount != package.Price) return PaymentRejections.Expected(package.Price);

        var bought = new Purchase(PurchaseKind.ClassCredit, Id.Value);
        return new JointDecision()
            .Append(PaymentId.Stream, OutsidePayment.Taken(PaymentId, CustomerId, Amount, bought, OutsidePaymentId, Today))
            .Append(Id.Stream, new ClassCreditIssued(
                Id, CustomerId, ClassPackageId, package.Name, PaymentId, OutsidePaymentId, Amount, package.ClassCount, Today,
                Validity.End(Today, package.ValidityDays)));
    }

    private bool IsOf(ClassCredit.Known known) =>
        CustomerId == known.CustomerId && ClassPackageId == known.ClassPackageId && Amount == known.AmountPaid;
}
