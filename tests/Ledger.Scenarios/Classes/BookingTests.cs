namespace Ledger.Scenarios.Classes;

[Collection("app")]
public class BookingTests(SharedApp shared)
{
    /// <summary>D8.</summary>
    [Fact]
    public async Task One_class_is_paid_with_money()
    {
        var studio = await Studio.Open(shared.App);
        var booking = (await studio.Book(await studio.Client(), await studio.Class())).Is(201).Id;
        var first = (await studio.Pay(booking, "pi_B", 2500)).Is(200);
        (first.Json.Text("status"), first.Json.Text("payment_status")).ShouldBe(("confirmed", "paid"));

        var status = (await studio.Admin.Get($"/bookings/{booking}/payment-status")).Is(200).Json;
        (status.Text("payment_status"), status.Text("payment_id"), status.Pence("payment_amount"), status.Text("payment_type"))
            .ShouldBe(("paid", "pi_B", 2500, "single_class"));

        (await studio.Pay(booking, "pi_B", 2000)).Refuses(422, "amount_mismatch").Json.Text("detail").ShouldContain("2500");
        _ = (await studio.Pay(Guid.NewGuid().ToString(), "pi_C", 2500)).Refuses(404, "booking_not_found");
        (await studio.Pay(booking, "pi_B", 2500)).Is(200).Text.ShouldBe(first.Text);
        _ = (await studio.Pay(booking, "pi_C", 2500)).Refuses(409, "booking_already_paid");
        var payments = (await studio.Admin.Get("/payments")).Is(200).Json["data"]!.AsArray();
        (payments.Single()!.Text("booking_id"), payments.Single()!.Pence("captured")).ShouldBe((booking, 2500));

        _ = (await shared.App.Anonymous.Post($"/bookings/{booking}/payments", new { payment_id = "pi_D", amount = 2500 })).Refuses(401, "unauthorized");
    }

    [Fact]
    public async Task A_class_that_has_begun_is_not_booked()
    {
        var studio = await Studio.Open(shared.App, "2026-03-01");
        var (client, session) = (await studio.Client(), await studio.Class());
        await studio.Advance("2026-03-01T17:59:59Z");
        _ = (await studio.Book(client, session)).Is(201);
        await studio.Advance("2026-03-01T18:00:00Z");
        _ = (await studio.Book(client, session)).Refuses(409, "class_begun");
    }

    [Fact]
    public async Task A_paid_booking_that_is_cancelled_keeps_its_payment()
    {
        var studio = await Studio.Open(shared.App);
        var booking = (await studio.Book(await studio.Client(), await studio.Class())).Is(201).Id;
        _ = (await studio.Pay(booking, "pi_B", 2500)).Is(200);
        var cancelled = (await studio.Admin.Post($"/bookings/{booking}/cancel", new { })).Is(200).Json;
        (cancelled.Text("status"), cancelled.Text("payment_status")).ShouldBe(("cancelled", "paid"));
        (await studio.Pay(booking, "pi_B", 2500)).Is(200).Json.Text("status").ShouldBe("cancelled");
        _ = (await studio.Pay(booking, "pi_C", 2500)).Refuses(409, "booking_cancelled");
    }

    /// <summary>D9.</summary>
    [Fact]
    public async Task Who_has_not_answered_the_questionnaire_this_year_does_not_book()
    {
        var studio = await Studio.Open(shared.App, "2025-02-05");
        using var browser = await shared.App.NewCustomer(studio.Tenant);
        var customer = browser.AsClient();
        var session = await studio.Class();
        _ = (await customer.Get("/customers/me/intake-profile")).Refuses(404, "intake_profile_not_found");
        _ = (await customer.Post("/bookings", new { class_session_id = session })).Refuses(422, "intake_profile_required");
        var done = (await customer.Put("/customers/me/intake-profile", new { })).Is(200).Json;
        (done.Text("completed_date"), done.Text("expires_at")).ShouldBe(("2025-02-05", "2026-02-05T00:00:00Z"));

        await studio.Advance("2026-02-06T12:00:00Z");
        _ = (await customer.Post("/bookings", new { class_session_id = session })).Refuses(422, "intake_profile_expired");
        (await customer.Get("/customers/me/intake-profile")).Is(200).Json["is_valid_for_booking"]!.GetValue<bool>().ShouldBeFalse();
        for (var i = 0; i < 2; i++) (await customer.Put("/customers/me/intake-profile", new { })).Is(200).Json.Text("expires_at").ShouldBe("2027-02-06T00:00:00Z");
        (await customer.Post("/bookings", new { class_session_id = session })).Is(201).Json.Text("status").ShouldBe("pending");
    }

    /// <summary>D10.</summary>
    [Fact]
    public async Task A_full_class_has_a_place_again_when_it_was_not_paid_for_a_quarter_of_an_hour()
    {
        var studio = await Studio.Open(shared.App);
        var (one, another, session) = (await studio.Client(), await studio.Client(), await studio.Class(capacity: 1));
        var first = (await studio.Book(one, session)).Is(201).Id;
        _ = (await studio.Book(another, session)).Refuses(409, "class_full");
        await studio.Advance("2026-02-06T12:14:59Z");
        _ = (await studio.Book(another, session)).Refuses(409, "class_full");
        await studio.Advance("2026-02-06T12:15:00Z");
        (await studio.Booking(first)).Text("status").ShouldBe("cancelled");
        var second = (await studio.Book(another, session)).Is(201).Id;
        _ = (await studio.Pay(first, "pi_B", 2500)).Refuses(409, "booking_cancelled");
        _ = (await studio.Pay(second, "pi_B", 2500)).Is(200);
        await studio.Advance("2026-02-06T13:00:00Z");
        _ = (await studio.Book(one, session)).Refuses(409, "class_full");   // A confirmed place stays.
    }

    [Fact]
    public async Task Twenty_who_want_the_last_place_get_it_once()
    {
        var studio = await Studio.Open(shared.App);
        var (client, session) = (await studio.Client(), await studio.Class(capacity: 1));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => studio.Book(client, session)));
        answers.Count(one => one.Status == 201).ShouldBe(1);
        answers.Where(one => one.Status != 201).ShouldAllBe(one => one.Code == "class_full");
        (await studio.Admin.Get("/bookings?include=total")).Json["page"]!.Number("total").ShouldBe(1);
        (await studio.Admin.Get("/class-sessions")).Json["data"]![0]!.Number("places_left").ShouldBe(0);
    }

    [Fact]
    public async Task A_booking_that_is_asked_for_twice_is_one()
    {
        var studio = await Studio.Open(shared.App);
        var body = new { class_session_id = await studio.Class(), customer_id = await studio.Client() };
        var first = (await studio.Admin.Post("/bookings", body, "one")).Is(201);
        (await studio.Admin.Post("/bookings", body, "one")).Is(201).Text.ShouldBe(first.Text);
        (await studio.Admin.Get("/bookings?include=total")).Json["page"]!.Number("total").ShouldBe(1);
    }

    [Fact]
    public async Task Customers_see_and_use_what_is_their_own()
    {
        var studio = await Studio.Open(shared.App);
        using var browser = await shared.App.NewCustomer(studio.Tenant);
        var customer = browser.AsClient();
        var me = (await customer.Get("/customers/me")).Is(200).Id;
        _ = (await customer.Put("/customers/me/intake-profile", new { })).Is(200);
        var (other, session) = (await studio.Client(), await studio.Class());
        var (theirs, theirCredit) = ((await studio.Book(other, session)).Is(201).Id, (await studio.Buy(other, studio.Five, 10000, "pi_A")).Is(201).Id);
        var (mine, credit) = ((await customer.Post("/bookings", new { class_session_id = session })).Is(201), (await studio.Buy(me, studio.Five, 10000, "pi_B")).Is(201).Id);
        mine.Json.Text("customer_id").ShouldBe(me);

        _ = (await customer.Post("/bookings", new { class_session_id = session, customer_id = other })).Refuses(404, "customer_not_found");
        _ = (await customer.Get($"/bookings/{theirs}")).Refuses(404, "booking_not_found");
        _ = (await customer.Post($"/bookings/{theirs}/cancel", new { })).Refuses(404, "booking_not_found");
        _ = (await customer.Get($"/class-credits/{theirCredit}")).Refuses(404, "class_credit_not_found");
        _ = (await customer.Post($"/class-credits/{theirCredit}/use", new { booking_id = mine.Id })).Refuses(404, "class_credit_not_found");
        _ = (await customer.Post($"/class-credits/{credit}/use", new { booking_id = theirs })).Refuses(404, "booking_not_found");
        _ = (await customer.Post($"/class-credits/{credit}/refund", new { booking_id = mine.Id })).Refuses(403, "forbidden");
        _ = (await customer.Post($"/class-credits/{credit}/use", new { booking_id = mine.Id })).Is(200);
        for (var i = 0; i < 200 && (await customer.Get("/bookings")).Is(200).Json["data"]!.AsArray().Count < 1; i++) await Task.Delay(25);
        (await customer.Get("/bookings")).Is(200).Json["data"]!.AsArray().Single()!.Text("id").ShouldBe(mine.Id);
        (await customer.Get("/class-credits")).Is(200).Json.Number("total_credits").ShouldBe(4);
        _ = (await customer.Get("/class-sessions")).Is(200);
    }
}
