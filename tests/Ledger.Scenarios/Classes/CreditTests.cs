namespace Ledger.Scenarios.Classes;

[Collection("app")]
public class CreditTests(SharedApp shared)
{
    /// <summary>D4.</summary>
    [Fact]
    public async Task A_class_of_a_credit_confirms_a_booking_once()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var credit = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201).Id;
        var booking = (await studio.Book(client, await studio.Class())).Is(201);
        (booking.Json.Text("status"), booking.Json.Text("held_until")).ShouldBe(("pending", "2026-02-06T12:15:00Z"));

        for (var i = 0; i < 2; i++)
        {
            var used = (await studio.Use(credit, booking.Id)).Is(200).Json;
            (used.Number("remaining_classes"), used.Text("booking_status"), used.Text("payment_status")).ShouldBe((4, "confirmed", "credit_used"));
        }

        var paid = (await studio.Admin.Get($"/bookings/{booking.Id}/payment-status")).Is(200).Json;
        (paid.Text("payment_type"), paid.Text("class_credit_id")).ShouldBe(("credit", credit));
        (await studio.Credit(credit)).Pence("value_left").ShouldBe(8000);
        (await Events.Of(shared.App, studio.Tenant, Guid.Parse(booking.Id))).ShouldBe(["booking_created", "booking_confirmed"]);
        await studio.Advance("2026-02-06T13:00:00Z");   // Nothing lapses that is confirmed.
        (await studio.Booking(booking.Id)).Text("status").ShouldBe("confirmed");
    }

    [Fact]
    public async Task With_the_money_for_a_credit_its_classes_go()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var bought = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201);
        var payment = bought.Json.Text("transaction_id");
        var booking = (await studio.Book(client, await studio.Class())).Is(201).Id;
        _ = (await studio.Use(bought.Id, booking)).Is(200);
        _ = (await studio.Admin.Post("/refunds", new { payment_id = payment })).Refuses(409, "class_credit_in_use");
        _ = (await studio.Admin.Post("/refunds", new { payment_id = payment, amount = new { amount = 2000, currency = "GBP" } })).Is(201);
        (await studio.Credit(bought.Id)).Number("remaining_classes").ShouldBe(4);

        _ = (await studio.Admin.Post($"/bookings/{booking}/cancel", new { })).Is(200);
        _ = (await studio.Admin.Post("/refunds", new { payment_id = payment })).Is(201);
        _ = await studio.Client();   // What is read is behind nothing from here on.
        var gone = await studio.Credit(bought.Id);
        (gone.Number("remaining_classes"), gone.Text("status"), gone.Pence("value_left")).ShouldBe((0, "void", 0));
        (await studio.Admin.Get($"/class-credits?customer_id={client}")).Is(200).Json.Number("total_credits").ShouldBe(0);
        var books = (await studio.Admin.Get("/trial-balance")).Is(200).Json["accounts"]!.AsArray();
        books.ShouldAllBe(one => one!.Number("balance") == 0);   // Nothing was kept, and nothing is owed.
        books.Select(one => one!.Text("account")).ShouldContain("liabilities:class-credits");
    }

    /// <summary>D7.</summary>
    [Fact]
    public async Task Five_classes_are_used_and_no_sixth()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var credit = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201).Id;
        var session = await studio.Class();
        for (var i = 0; i < 5; i++) _ = (await studio.Use(credit, (await studio.Book(client, session)).Is(201).Id)).Is(200);
        var spent = await studio.Credit(credit);
        (spent.Number("remaining_classes"), spent.Text("status"), spent.Pence("value_left")).ShouldBe((0, "used_up", 0));

        var sixth = (await studio.Book(client, session)).Is(201).Id;
        (await studio.Use(credit, sixth)).Refuses(409, "class_credit_not_valid").Json.Text("title").ShouldBe("Credit not valid");
        (await studio.Booking(sixth)).Text("status").ShouldBe("pending");
        (await studio.Admin.Get($"/class-credits?customer_id={client}")).Json.Number("total_credits").ShouldBe(0);
    }

    [Fact]
    public async Task A_cancelled_booking_gives_its_class_and_its_place_back_once()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var credit = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201).Id;
        var booking = (await studio.Book(client, await studio.Class(capacity: 1))).Is(201).Id;
        _ = (await studio.Use(credit, booking)).Is(200);
        for (var i = 0; i < 2; i++)
        {
            var cancelled = (await studio.Admin.Post($"/bookings/{booking}/cancel", new { reason = "ill" })).Is(200).Json;
            (cancelled.Text("status"), cancelled.Text("payment_status")).ShouldBe(("cancelled", "refunded"));
            (await studio.Credit(credit)).Number("remaining_classes").ShouldBe(5);
        }

        (await studio.Admin.Post($"/class-credits/{credit}/refund", new { booking_id = booking })).Is(200).Json.Number("remaining_classes").ShouldBe(5);
        (await studio.Credit(credit)).Pence("value_left").ShouldBe(10000);
        (await studio.Admin.Get("/class-sessions")).Is(200).Json["data"]![0]!.Number("places_left").ShouldBe(1);
    }

    [Fact]
    public async Task A_class_is_refunded_once_and_only_to_the_credit_it_came_from()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var credit = (await studio.Buy(client, studio.Five, 10000, "pi_A")).Is(201).Id;
        var other = (await studio.Buy(client, studio.Ten, 17500, "pi_B")).Is(201).Id;
        var booking = (await studio.Book(client, await studio.Class())).Is(201).Id;
        _ = (await studio.Admin.Post($"/class-credits/{credit}/refund", new { booking_id = booking })).Refuses(409, "class_credit_not_used");
        _ = (await studio.Use(credit, booking)).Is(200);
        _ = (await studio.Use(other, booking)).Refuses(409, "booking_already_paid");
        _ = (await studio.Admin.Post($"/class-credits/{other}/refund", new { booking_id = booking })).Refuses(409, "class_credit_not_used");
        _ = (await studio.Admin.Post($"/class-credits/{credit}/refund", new { booking_id = booking })).Refuses(409, "booking_not_cancelled");
        _ = (await studio.Admin.Post($"/bookings/{booking}/cancel", new { })).Is(200);
        for (var i = 0; i < 2; i++)
            (await studio.Admin.Post($"/class-credits/{credit}/refund", new { booking_id = booking })).Is(200).Json.Number("remaining_classes").ShouldBe(5);
        (await studio.Booking(booking)).Text("payment_status").ShouldBe("refunded");
        _ = (await studio.Use(credit, booking)).Refuses(409, "booking_cancelled");
    }

    [Fact]
    public async Task Classes_expire_when_their_time_is_up_and_one_that_comes_back_stays_expired()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var week = await studio.Package("Week", 3, 1000, days: 7);
        var credit = (await studio.Buy(client, week, 1000, "pi_A")).Is(201).Id;
        var later = (await studio.Buy(client, studio.Five, 10000, "pi_B")).Is(201).Id;
        var (booking, second) = ((await studio.Book(client, await studio.Class())).Is(201).Id, (await studio.Book(client, await studio.Class())).Is(201).Id);
        _ = (await studio.Use(credit, booking)).Is(200);
        var before = (await studio.Admin.Get($"/class-credits?customer_id={client}")).Is(200).Json;
        (before.Number("total_credits"), before.Text("next_to_use")).ShouldBe((7, credit));

        await studio.Advance("2026-02-13T00:00:00Z");
        var expired = await studio.Credit(credit);
        (expired.Text("status"), expired.Number("remaining_classes"), expired.Pence("value_left"), expired["is_valid"]!.GetValue<bool>()).ShouldBe(("expired", 2, 0, false));
        var after = (await studio.Admin.Get($"/class-credits?customer_id={client}")).Is(200).Json;
        (after.Number("total_credits"), after.Text("next_to_use")).ShouldBe((5, later));
        _ = (await studio.Use(credit, second)).Refuses(409, "booking_cancelled");
        _ = (await studio.Use(credit, (await studio.Book(client, await studio.Class())).Is(201).Id)).Refuses(409, "class_credit_not_valid");

        _ = (await studio.Admin.Post($"/bookings/{booking}/cancel", new { })).Is(200);
        var returned = await studio.Credit(credit);
        (returned.Text("status"), returned.Number("remaining_classes"), returned.Pence("value_left")).ShouldBe(("expired", 3, 0));
        (await Events.Of(shared.App, studio.Tenant, Guid.Parse(credit))).ShouldBe(
            ["class_credit_issued", "class_credit_used", "class_credit_expired", "class_credit_refunded", "class_credit_expired"]);
    }

    [Fact]
    public async Task An_admin_gives_classes_and_takes_them_away()
    {
        var studio = await Studio.Open(shared.App);
        var credit = (await studio.Buy(await studio.Client(), studio.Five, 10000, "pi_A")).Is(201).Id;
        var path = $"/class-credits/{credit}/adjustments";
        var more = (await studio.Admin.Post(path, new { classes = 3, reason = "a gift" }, "gift")).Is(200);
        (await studio.Admin.Post(path, new { classes = 3, reason = "a gift" }, "gift")).Is(200).Text.ShouldBe(more.Text);
        (more.Json.Number("total_classes"), more.Json.Number("remaining_classes"), more.Json.Pence("value_left")).ShouldBe((8, 8, 10000));
        var less = (await studio.Admin.Post(path, new { classes = -4 })).Is(200).Json;
        (less.Number("remaining_classes"), less.Pence("value_left")).ShouldBe((4, 5000));
        _ = (await studio.Admin.Post(path, new { classes = -5 })).Refuses(409, "class_credit_too_few_classes");
        (await studio.Admin.Post(path, new { classes = -4 })).Is(200).Json.Text("status").ShouldBe("void");
        _ = (await studio.Tenant.Staff.Post(path, new { classes = 1 })).Refuses(403, "forbidden");
    }

    [Fact]
    public async Task Twenty_who_want_the_last_class_of_a_credit_get_it_once()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var credit = (await studio.Buy(client, await studio.Package("One", 1, 2500), 2500, "pi_A")).Is(201).Id;
        var session = await studio.Class(capacity: 20);
        var bookings = new List<string>();
        for (var i = 0; i < 20; i++) bookings.Add((await studio.Book(client, session)).Is(201).Id);

        var answers = await Task.WhenAll(bookings.Select(booking => studio.Use(credit, booking)));
        answers.Count(one => one.Status == 200).ShouldBe(1);
        answers.Where(one => one.Status != 200).ShouldAllBe(one => one.Code == "class_credit_not_valid");
        (await studio.Admin.Get("/bookings?status=confirmed&include=total")).Json["page"]!.Number("total").ShouldBe(1);
        (await studio.Credit(credit)).Number("remaining_classes").ShouldBe(0);
    }

    [Fact]
    public async Task Twenty_who_tell_of_one_payment_make_one_credit()
    {
        var studio = await Studio.Open(shared.App);
        var client = await studio.Client();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => studio.Buy(client, studio.Five, 10000, "pi_A")));
        answers.Select(one => one.Is(201).Id).Distinct().Count().ShouldBe(1);
        (await studio.Admin.Get("/payments?include=total")).Json["page"]!.Number("total").ShouldBe(1);
    }
}
