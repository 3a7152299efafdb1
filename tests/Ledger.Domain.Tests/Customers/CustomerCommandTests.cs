using static Ledger.Domain.Tests.Examples;
using static Ledger.Testing.Scenario<Ledger.Domain.Customers.Customer, Ledger.Domain.Customers.CustomerEvent>;

namespace Ledger.Domain.Tests.Customers;

public class CreateCustomerTests
{
    private static readonly CreateCustomer Wish = new(Jon, "cust-journey-42", "journey-42", false, null, null, false, null);

    [Fact]
    public void A_customer_is_taken_in_by_an_id_of_the_tenants_own() => Given().When(Wish)
        .Then(JonCreated).Claiming("customer.handle cust-journey-42", "customer.external_id journey-42");

    [Fact]
    public void Or_by_name() => Given()
        .When(Wish with { ExternalId = null, HasName = true, Details = new("AAEC"), EmailToken = "beef" })
        .Then(new CustomerCreated(Jon, "cust-journey-42", null, new("AAEC"), "beef"))
        .Claiming("customer.handle cust-journey-42", "customer.email beef");

    [Fact]
    public void Again_changes_nothing()
    {
        Given(JonCreated).When(Wish).ThenNothing();
        Given(JonCreated, new CustomerDeleted(Jon)).When(Wish).ThenNothing();
    }

    [Fact]
    public void Without_either_it_is_refused() =>
        Given().When(Wish with { ExternalId = null }).ThenRejected(CustomerRejections.NameOrExternalIdRequired);

    [Theory]
    [InlineData("cust-journey-42", null, null, "customer_handle_taken")]
    [InlineData("cust-other", "journey-42", null, "customer_external_id_taken")]
    [InlineData("cust-other", "other", "beef", "email_taken")]
    public void What_another_has_is_refused(string handle, string? externalId, string? email, string code) => JointScenario.Given()
        .After(Wish with { EmailToken = "beef" })
        .When(Wish with { Id = Anna, CustomerHandle = handle, ExternalId = externalId, EmailToken = email, HasName = true })
        .ThenRejected(new Rejection(code, RejectionKind.Conflict, ""));
}

public class ChangeCustomerTests
{
    private static readonly ChangeCustomer Same = new(Jon, "journey-42", false, null, null, false, null);

    [Fact]
    public void All_that_is_known_is_said_anew() => Given(JonCreated)
        .When(Same with { AutoSendInvoices = true, Metadata = new Dictionary<string, string> { ["tier"] = "gold" } })
        .Then(new CustomerChanged(Jon, "journey-42", AutoSendInvoices: true, Metadata: new Dictionary<string, string> { ["tier"] = "gold" }))
        .Claiming().Releasing();

    [Fact]
    public void A_new_external_id_and_address_take_the_place_of_the_old() =>
        Given(new CustomerCreated(Jon, "cust-journey-42", "journey-42", new("AAEC"), "beef"))
            .When(Same with { ExternalId = "j-43", Details = new("AAED"), EmailToken = "cafe" })
            .Then(new CustomerChanged(Jon, "j-43", new("AAED"), "cafe"))
            .Claiming("customer.external_id j-43", "customer.email cafe")
            .Releasing("customer.external_id journey-42", "customer.email beef");

    [Fact]
    public void What_is_known_already_changes_nothing()
    {
        Given(JonCreated).When(Same).ThenNothing();
        Given(JonCreated).When(Same with { Metadata = new Dictionary<string, string>() }).ThenNothing();
    }

    [Fact]
    public void Without_name_and_external_id_it_is_refused() =>
        Given(JonCreated).When(Same with { ExternalId = null }).ThenRejected(CustomerRejections.NameOrExternalIdRequired);

    [Fact]
    public void A_customer_who_is_not_there_is_refused()
    {
        Given().When(Same).ThenRejected(CustomerRejections.NotFound);
        Given(JonCreated, new CustomerDeleted(Jon)).When(Same).ThenRejected(CustomerRejections.NotFound);
    }
}

public class DeleteCustomerTests
{
    private static readonly DeleteCustomer Wish = new(Jon, new() { Subscriptions = [Breads] }, Instant.FromUtc(2025, 11, 1, 12, 0), Start);

    [Fact]
    public void All_that_was_taken_is_free_again() =>
        JointScenario.Given(Jon.Stream, new CustomerCreated(Jon, "cust-journey-42", "journey-42", new("AAEC"), "beef"))
            .When(Wish).Then(new CustomerDeleted(Jon))
            .Releasing("customer.handle cust-journey-42", "customer.external_id journey-42", "customer.email beef");

    [Fact]
    public void Again_changes_nothing() => JointScenario.Given(Jon.Stream, JonCreated).After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void One_with_a_running_subscription_is_refused() => Shop().When(Wish).ThenRejected(CustomerRejections.HasSubscriptions);

    [Fact]
    public void A_customer_who_is_not_there_is_refused() => JointScenario.Given().When(Wish).ThenRejected(CustomerRejections.NotFound);
}
