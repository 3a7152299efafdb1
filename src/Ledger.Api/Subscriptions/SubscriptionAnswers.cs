using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Subscriptions;

/// <summary>What the commands of a subscription answer: the subscription, as decided.</summary>
internal static class SubscriptionAnswers
{
    public static Task<IResult> Change(this Call call, SubscriptionId id, IJointCommand command, CancellationToken ct) =>
        call.Run(command.Offered(call), outcome =>
        {
            var (state, version) = outcome.Of<Subscription>(id.Stream);
            return Answer.Ok(SubscriptionResponse.From((Subscription.Known)state), version);
        }, ct);

    /// <summary>The same at no frequency but those that are offered to whoever asks.</summary>
    public static IJointCommand Offered(this IJointCommand command, Call call) =>
        new ChangeAtOfferedFrequency(command, call.Caller.Tenant.Id, IsOfCustomer: call.Caller.Role is CallerRole.Customer);

    /// <exception cref="ProblemException">The tenant has no such subscription.</exception>
    public static async Task<(Subscription.Known Subscription, long Version)> Find(this StateReader states, Call call, Guid id, CancellationToken ct) =>
        await states.WithVersion<Subscription, SubscriptionEvent>(call.Tenant, new SubscriptionId(id).Stream, ct) is (Subscription.Known known, var version)
            ? (known, version)
            : throw new ProblemException(Problem.Of(SubscriptionRejections.NotFound));
}
