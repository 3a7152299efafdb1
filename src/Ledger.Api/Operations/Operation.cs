namespace Ledger.Api.Operations;

/// <summary>What every endpoint says of itself: its name, who may call it, and what it refuses.</summary>
internal static class Operation
{
    /// <param name="name">The operation's id in OpenAPI, as clients will call it.</param>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder endpoint, string name, string summary, Who who) => endpoint
        .WithName(name).WithSummary(summary).WithMetadata(new AccessRule(who)).ProducesProblem(400).ProducesProblem(401).ProducesProblem(403);

    /// <summary>It takes this body.</summary>
    public static RouteHandlerBuilder Takes<TRequest>(this RouteHandlerBuilder endpoint) where TRequest : notnull =>
        endpoint.Accepts<TRequest>("application/json");

    /// <summary>It needs an <c>Idempotency-Key</c>, by which a repeat is known.</summary>
    public static RouteHandlerBuilder Keyed(this RouteHandlerBuilder endpoint, bool movesMoney = false)
    {
        endpoint.Add(builder => builder.Metadata.Add(new KeyedOperation(
            builder.Metadata.OfType<IEndpointNameMetadata>().Last().EndpointName, movesMoney)));
        return endpoint;
    }

    /// <summary>It reads views, and may be asked to wait for them.</summary>
    public static RouteHandlerBuilder Reads<TAnswer>(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<FreshReads>().WithMetadata(new ReadsViews()).Produces<TAnswer>();

    /// <summary>It answers with pages.</summary>
    public static RouteHandlerBuilder Lists<TItem>(this RouteHandlerBuilder endpoint) =>
        endpoint.Reads<ListOf<TItem>>().WithMetadata(new Paged());

    /// <summary>It gives these refusals.</summary>
    public static RouteHandlerBuilder Rejects(this RouteHandlerBuilder endpoint, params ReadOnlySpan<Rejection> rejections)
    {
        foreach (var status in rejections.ToArray().Select(one => Problem.Of(one).Status).Distinct()) _ = endpoint.ProducesProblem(status);
        return endpoint.WithMetadata(new RejectionList(rejections.ToArray()));
    }
}

/// <summary>The refusals of an endpoint, for its documentation and for tests.</summary>
public sealed record RejectionList(IReadOnlyList<Rejection> Rejections);

/// <summary>Marks an endpoint that reads views.</summary>
internal sealed record ReadsViews;

/// <summary>Marks an endpoint that answers with pages.</summary>
internal sealed record Paged;
