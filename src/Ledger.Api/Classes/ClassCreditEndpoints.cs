using Ledger.Domain.Amounts;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Classes;

internal static class ClassCreditEndpoints
{
    private const int AdjustedMax = 1000;

    public static void MapClassCredits(this IEndpointRouteBuilder api)
    {
        var credits = api.MapGroup("/class-credits").WithTags("Classes");
        credits.MapListClassCredits();
        _ = credits.MapPost("/", Issue)
            .Is("issueClassCredit", "Give a customer the classes of a package that was paid outside; payment_id is the natural key.", Who.Staff)
            .Takes<IssueRequest>().Produces<ClassCreditResponse>(201)
            .Rejects(CustomerRejections.NotFound, ClassPackageRejections.NotFound, ClassPackageRejections.Inactive, PaymentRejections.AmountMismatch, PaymentRejections.IdReused);
        _ = credits.MapGet("/{class_credit_id:guid}", Get).Is("getClassCredit", "Read a class credit, as it is now, or as it was at an instant.", Who.CustomerOwn)
            .Reads<ClassCreditResponse>().ReadsEarlier().Rejects(ClassCreditRejections.NotFound);
        _ = credits.MapPost("/{class_credit_id:guid}/use", Use)
            .Is("useClassCredit", "Use a class for a booking, which is confirmed by it; once per booking.", Who.CustomerOwn)
            .Takes<BookingRequest>().Produces<ClassUseResponse>()
            .Rejects(ClassCreditRejections.NotFound, BookingRejections.NotFound, ClassCreditRejections.NotValid, BookingRejections.Cancelled, BookingRejections.AlreadyPaid);
        _ = credits.MapPost("/{class_credit_id:guid}/refund", Refund)
            .Is("refundClassCredit", "Give back the class that a booking has used; once per booking.", Who.Staff)
            .Takes<BookingRequest>().Produces<ClassUseResponse>().Rejects(ClassCreditRejections.NotFound, ClassCreditRejections.NotUsed);
        _ = credits.MapPost("/{class_credit_id:guid}/adjustments", Adjust)
            .Is("adjustClassCredit", "Give classes without money, or take some away.", Who.Admin)
            .Takes<AdjustRequest>().Produces<ClassCreditResponse>().Keyed(movesMoney: true)
            .Rejects(ClassCreditRejections.NotFound, ClassCreditRejections.NotValid, ClassCreditRejections.TooFewClasses);
    }

    private static async Task<IResult> Issue(Body<IssueRequest> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.PaymentId, "/payment_id", 200).OrRefuse();
        var amount = new Money(request.Amount, request.Currency ?? call.Caller.Tenant.Currency);
        var command = new IssueClassCredit(call.Caller.Tenant.Id, request.CustomerId, request.ClassPackageId, request.PaymentId, amount, call.Today);
        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<ClassCredit>(command.Id.Stream);
            return Answer.Created($"/api/v1/class-credits/{command.Id.Value}", ClassCreditResponse.From((ClassCredit.Known)state, call.Now), version);
        }, ct);
    }

    private static async Task<IResult> Get([FromRoute(Name = "class_credit_id")] Guid classCreditId, Call call, HttpContext http, AsOf asOf) =>
        await http.Read<ClassCredit, ClassCreditEvent>(call, new ClassCreditId(classCreditId).Stream, asOf) is (ClassCredit.Known known, var version)
            ? new AnswerResult(Answer.Ok(ClassCreditResponse.From(known, asOf.Instant ?? call.Now), version))
            : throw new ProblemException(Problem.Of(ClassCreditRejections.NotFound));

    private static Task<IResult> Use([FromRoute(Name = "class_credit_id")] Guid classCreditId, Body<BookingRequest> body, Call call, CancellationToken ct) =>
        Run(call, new(classCreditId), body.Value.BookingId, new UseClassCredit(new(classCreditId), body.Value.BookingId, call.Now, call.Today), ct);

    private static Task<IResult> Refund([FromRoute(Name = "class_credit_id")] Guid classCreditId, Body<BookingRequest> body, Call call, CancellationToken ct) =>
        Run(call, new(classCreditId), body.Value.BookingId, new RefundClassCredit(new(classCreditId), body.Value.BookingId, call.Now, call.Today), ct);

    private static Task<IResult> Run(Call call, ClassCreditId id, BookingId booking, IJointCommand command, CancellationToken ct) =>
        call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<ClassCredit>(id.Stream);
            var booked = (Booking.Known)outcome.Of<Booking>(booking.Stream).State;
            return Answer.Ok(ClassUseResponse.From((ClassCredit.Known)state, booked), version);
        }, ct);

    private static async Task<IResult> Adjust([FromRoute(Name = "class_credit_id")] Guid classCreditId, Body<AdjustRequest> body, Call call, CancellationToken ct)
    {
        var (classes, reason) = body.Value;
        new Check().Text(reason, "/reason", 500)
            .And(classes is not 0 and >= -AdjustedMax and <= AdjustedMax, "/classes", "out_of_range", $"From -{AdjustedMax} to {AdjustedMax}, and not 0.").OrRefuse();
        var command = new AdjustClassCredit(new(classCreditId), Guid.CreateVersion7(), classes, reason, call.Now, call.Today);
        return await call.Run(command, outcome => Answer.Ok(ClassCreditResponse.From((ClassCredit.Known)outcome.State, call.Now), outcome.Version), ct);
    }

    /// <param name="PaymentId">What the system that took the money calls the payment.</param>
    /// <param name="Amount">What was taken, in the smallest unit: the price of the package.</param>
    /// <param name="Currency">Absent for the tenant's.</param>
    internal sealed record IssueRequest(CustomerId CustomerId, ClassPackageId ClassPackageId, string PaymentId, long Amount, Currency? Currency = null);

    internal sealed record BookingRequest(BookingId BookingId);

    /// <param name="Classes">Above zero to give, below to take away.</param>
    internal sealed record AdjustRequest(int Classes, string? Reason = null);
}
