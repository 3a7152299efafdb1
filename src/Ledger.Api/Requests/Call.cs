using System.Globalization;
using System.Reflection;
using Ledger.Application.Tenancy;
using Ledger.Domain.Customers;
using Ledger.EventStore.Idempotency;

namespace Ledger.Api.Requests;

/// <summary>One request of a caller: who, for which tenant, when, and the way its commands go.</summary>
public sealed class Call
{
    private readonly HttpContext http;
    private readonly CommandHandler commands;
    private readonly long? expectedVersion;

    private Call(HttpContext http, Caller caller, Instant now)
    {
        (this.http, Caller, Now) = (http, caller, now);
        commands = http.RequestServices.GetRequiredService<CommandHandler>();
        expectedVersion = HttpMethods.IsGet(http.Request.Method) ? null : IfMatch.Read(http);   // What is no version is refused before anybody else is asked.
    }

    public Caller Caller { get; }

    public string Tenant => Caller.TenantName;

    /// <summary>The business instant, by the tenant's clock.</summary>
    public Instant Now { get; }

    /// <summary>The current date in the tenant's zone.</summary>
    public LocalDate Today => Caller.Tenant.DateOf(Now);

    public CommandContext Context => new(Tenant, Caller.ActorKind, Caller.Id.ToString(), Now)
    {
        RequestId = http.TraceIdentifier,
        CorrelationId = http.TraceIdentifier,
        ExpectedVersion = expectedVersion,
        Request = Identity,
    };

    /// <summary>Whose things a list may show: a customer's own; else those of the customer asked for, or of all.</summary>
    public Guid? Only(Guid? customer)
    {
        if (Caller.Customer is not { } self) return customer;
        return customer is null || customer == self.Value ? self.Value : throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
    }

    /// <summary>The customer that a request is about: the one it names, or the one who asks.</summary>
    /// <exception cref="ProblemException">It names none, or a customer asks for another.</exception>
    public CustomerId Whose(CustomerId? named)
    {
        var customer = named ?? Caller.Customer ?? throw new ProblemException(Problem.Invalid([new("/customer_id", "required", "Whose it is.")]));
        _ = Only(customer.Value);
        return customer;
    }

    /// <summary>Set from the <c>Idempotency-Key</c> header, where the endpoint takes one.</summary>
    private RequestIdentity? Identity { get; set; }

    private string? Operation => http.GetEndpoint()!.Metadata.GetMetadata<KeyedOperation>()?.Operation;

    /// <summary>The id of what a keyed request makes: its repeat makes the same.</summary>
    public Guid IdOf(string kind) => Identity is { Key: var key }
        ? DerivedId.Of(Tenant, kind, $"{key.Caller}\n{Operation}\n{key.Key}")
        : throw new InvalidOperationException("The operation takes no key.");

    public static async ValueTask<Call> BindAsync(HttpContext http, ParameterInfo _)
    {
        var caller = http.Features.Get<Caller>() ?? throw new InvalidOperationException("A call without a caller.");
        var now = await http.RequestServices.GetRequiredService<Tenants>().Now(caller.Tenant, http.RequestAborted);
        var call = new Call(http, caller, now);
        if (http.GetEndpoint()!.Metadata.GetMetadata<KeyedOperation>() is { } keyed) call.Identity = await call.Identify(keyed);
        return call;
    }

    /// <summary>Does what the command says and answers; a repeat gets the first answer.</summary>
    public Task<IResult> Run<TState, TEvent>(
        ICommand<TState, TEvent> command, Func<Outcome<TState>, Answer> answer, CancellationToken ct,
        Func<CommandContext, CommandContext>? with = null) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        Replay(async () =>
        {
            var context = with is null ? Context : with(Context);
            Answer Full(Outcome<TState> outcome) => outcome.Rejection is { } no ? Refusal(no) : answer(outcome);
            var outcome = await commands.Handle(command, context, ct, outcome => Full(outcome).ToStored());
            return new AnswerResult(Full(outcome), outcome.Position);
        }, ct);

    /// <inheritdoc cref="Run{TState,TEvent}"/>
    public Task<IResult> Run(
        IJointCommand command, Func<JointOutcome, Answer> answer, CancellationToken ct, Func<CommandContext, CommandContext>? with = null) =>
        Replay(async () =>
        {
            var context = with is null ? Context : with(Context);
            Answer Full(JointOutcome outcome) => outcome.Rejection is { } no ? Refusal(no) : answer(outcome);
            var outcome = await commands.Handle(command, context, ct, outcome => Full(outcome).ToStored());
            return new AnswerResult(Full(outcome), outcome.Position);
        }, ct);

    /// <summary>Runs what may turn out to be a repeat.</summary>
    public async Task<IResult> Replay(Func<Task<IResult>> work, CancellationToken ct)
    {
        try { return await work(); }
        catch (RequestKnownException repeat) { return Repeat(repeat.Known); }
    }

    /// <summary>The answer kept for this request; null when it is a first one.</summary>
    public async Task<IResult?> Before(CancellationToken ct) =>
        Identity is { } identity && await http.RequestServices.GetRequiredService<KnownRequests>().Find(identity, ct) is { } known ? Repeat(known) : null;

    /// <summary>The same as seen by a subject's key: for answers that tell of a person.</summary>
    public CommandContext About(CommandContext context, Guid subject) =>
        context.Request is { } request ? context with { Request = request with { Subject = subject } } : context;

    internal static AnswerResult Repeat(KnownRequest known)
    {
        switch (known.Kind)
        {
            case KnownRequestKind.Answered:
                var (answer, isProblem) = Answer.FromStored(known.Answer!);
                return new(answer, isReplay: true, isProblem: isProblem);
            case KnownRequestKind.OtherContent: throw new ProblemException(Problem.KeyReused);
            case KnownRequestKind.Pending: throw new ProblemException(Problem.KeyPending) { RetryAfter = 1 };
            default: throw new ProblemException(Problem.KeyForgotten with { Detail = known.Stream?.ToString() });
        }
    }

    /// <summary>A refusal as an answer that can be kept.</summary>
    internal Answer Refusal(Rejection rejection)
    {
        var problem = Tell(rejection);
        return new(problem.Status, problem);
    }

    /// <summary>A refusal of this request.</summary>
    internal Problem Tell(Rejection rejection) => Problem.Of(rejection) with { Instance = http.Request.Path, RequestId = http.TraceIdentifier };

    private async ValueTask<RequestIdentity> Identify(KeyedOperation keyed)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length is 0 or > 255 || key.Any(letter => letter is < ' ' or > '~')) throw new ProblemException(Problem.KeyRequired);
        return new(new(Tenant, Caller.Id.ToString(), key), await Unguessable(RequestHash.Of(http)), KeptForEver: keyed.MovesMoney);
    }

    /// <summary>What a body has in it, such as a password, is not to be found by trying: its hash is kept under the tenant's own key.</summary>
    private async ValueTask<byte[]> Unguessable(byte[] hash)
    {
        var key = await http.RequestServices.GetRequiredService<Ledger.Identity.PlatformKey>().Of(Tenant, http.RequestAborted);
        return key.Token("request", Convert.ToHexString(hash));
    }
}

/// <summary>An operation whose repeats are known by their <c>Idempotency-Key</c>.</summary>
/// <param name="MovesMoney">Whether its keys are kept for ever.</param>
public sealed record KeyedOperation(string Operation, bool MovesMoney);

/// <summary>The version that a caller has seen.</summary>
internal static class IfMatch
{
    /// <summary>Null when it did not say, or would take any.</summary>
    public static long? Read(HttpContext http)
    {
        var header = http.Request.Headers.IfMatch.ToString();
        if (header is "" or "*") return null;
        return long.TryParse(header.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new ProblemException(Problem.VersionStale with { Detail = "If-Match is not an ETag of this API." });
    }
}
