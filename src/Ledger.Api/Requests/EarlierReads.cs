namespace Ledger.Api.Requests;

/// <summary>Reads one thing as it is, or as it was.</summary>
internal static class EarlierReads
{
    extension(HttpContext http)
    {
        public async ValueTask<(TState State, long Version)> Read<TState, TEvent>(Call call, StreamId stream, AsOf asOf)
            where TState : IState<TState, TEvent> where TEvent : IEvent => asOf.IsNow
                ? await http.RequestServices.GetRequiredService<StateReader>().WithVersion<TState, TEvent>(call.Tenant, stream, http.RequestAborted)
                : await http.RequestServices.GetRequiredService<StreamLoader>()
                    .LoadAsOf<TState, TEvent>(call.Tenant, stream, asOf.Instant, asOf.Position, http.RequestAborted);
    }

    /// <summary>It can be asked for as it was: <c>as_of</c>, <c>known_at</c>.</summary>
    public static RouteHandlerBuilder ReadsEarlier(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new OfAnotherTime());
}

/// <summary>Marks what can be asked for as it was.</summary>
internal sealed record OfAnotherTime;
