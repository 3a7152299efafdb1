namespace Ledger.Api.Requests;

/// <summary>Changes that say only a part: they are laid over what stands, and count only for the version they were laid over.</summary>
internal static class Merging
{
    private const int AttemptsMax = 5;

    /// <param name="change">Makes the whole change from the state, and runs it with the version as expected.</param>
    /// <exception cref="ProblemException"><paramref name="notFound"/>, where there is nothing to change.</exception>
    public static async Task<IResult> Merge<TKnown, TState, TEvent>(
        this StateReader states, Call call, StreamId stream, Rejection notFound,
        Func<TKnown, Func<CommandContext, CommandContext>, Task<IResult>> change, CancellationToken ct)
        where TKnown : class, TState where TState : class, IState<TState, TEvent> where TEvent : IEvent
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, version) = await states.WithVersion<TState, TEvent>(call.Tenant, stream, ct);
            if (state is not TKnown known) throw new ProblemException(Problem.Of(notFound));
            try { return await change(known, context => context with { ExpectedVersion = context.ExpectedVersion ?? version }); }
            catch (VersionStaleException) when (call.Context.ExpectedVersion is null && attempt < AttemptsMax) { }
        }
    }
}
