using Ledger.EventStore.Idempotency;

namespace Ledger.Api.Requests;

/// <summary>Does what draws a number, such as an invoice's: what is answered is known only once it is written, and is kept right after.</summary>
/// <remarks>
/// A process that is killed between the two leaves a key without an answer. The repeat gives it then, from what the first request has made,
/// and makes nothing.
/// </remarks>
internal sealed class Numbering(CommandHandler commands, KnownRequests requests)
{
    private const int Looks = 10;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    /// <param name="begun">The answer to a first request that has made this.</param>
    public async Task<IResult> Run(
        Call call, IJointCommand command, Func<JointOutcome, Answer> answer, Func<Guid, Task<Answer>> begun, CancellationToken ct)
    {
        Answer Full(JointOutcome outcome) => outcome.Rejection is { } no ? call.Refusal(no) : answer(outcome);
        try
        {
            var outcome = await commands.Handle(command, call.Context, ct, seen => Full(seen).ToStored());
            return new AnswerResult(Full(outcome), outcome.Position);
        }
        catch (RequestKnownException repeat) { return await Repeat(call, repeat.Known, begun, ct); }
    }

    /// <summary>The first request, where it is still running, has a moment to end.</summary>
    private async Task<IResult> Repeat(Call call, KnownRequest known, Func<Guid, Task<Answer>> begun, CancellationToken ct)
    {
        for (var look = 0; look < Looks && known.Kind is KnownRequestKind.Pending; look++)
        {
            await Task.Delay(Breath, ct);
            known = await requests.Find(call.Context.Request!, ct) ?? known;
        }

        if (known is not { Kind: KnownRequestKind.Pending, Stream: { } made }) return Call.Repeat(known);
        var told = await begun(made);
        await commands.End(call.Context, told.ToStored(), ct);
        return new AnswerResult(told);
    }
}
