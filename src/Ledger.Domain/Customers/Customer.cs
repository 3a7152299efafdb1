namespace Ledger.Domain.Customers;

/// <summary>A customer, as known now.</summary>
public abstract record Customer : IState<Customer, CustomerEvent>
{
    private Customer() { }

    public sealed record Unknown : Customer;

    public sealed record Known(
        CustomerId Id, string CustomerHandle, string? ExternalId, Personal<CustomerDetails>? Details, string? EmailToken,
        bool AutoSendInvoices, IReadOnlyDictionary<string, string>? Metadata) : Customer;

    public sealed record Deleted : Customer;

    public static Customer Initial { get; } = new Unknown();

    public static Customer Evolve(Customer state, CustomerEvent @event) => @event switch
    {
        CustomerCreated made => new Known(
            made.Id, made.CustomerHandle, made.ExternalId, made.Details, made.EmailToken, made.AutoSendInvoices, made.Metadata),
        CustomerChanged changed => (Known)state with
        {
            ExternalId = changed.ExternalId, Details = changed.Details, EmailToken = changed.EmailToken,
            AutoSendInvoices = changed.AutoSendInvoices, Metadata = changed.Metadata,
        },
        CustomerDeleted => new Deleted(),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a customer can say.</summary>
public static class CustomerRejections
{
    public static readonly Rejection NotFound = new("customer_not_found", RejectionKind.NotFound, "No customer has this id.");

    public static readonly Rejection NameOrExternalIdRequired = new(
        "customer_name_or_external_id_required", RejectionKind.Unprocessable, "A customer needs a name or an external id.");

    public static readonly Rejection ExternalIdTaken = new(
        "customer_external_id_taken", RejectionKind.Conflict, "Another customer has this external id.");

    public static readonly Rejection EmailTaken = new("email_taken", RejectionKind.Conflict, "This e-mail address is taken.");

    public static readonly Rejection HandleTaken = new("customer_handle_taken", RejectionKind.Conflict, "Another customer has this handle.");

    public static readonly Rejection HasSubscriptions = new(
        "customer_has_subscriptions", RejectionKind.Conflict, "A customer with a running subscription cannot be deleted; cancel it first.");

    public static readonly Rejection HasOpenBusiness = new(
        "customer_has_open_business", RejectionKind.Conflict,
        "A customer is deleted once nothing is open: settle, cancel, void, refund or pay out what is listed first.");
}
