using Ledger.Domain.People;

namespace Ledger.Api.Operations;

/// <summary>What every endpoint says of itself: its name, who may call it, and what it refuses.</summary>
internal static class Operation
{
    /// <param name="name">The operation's id in OpenAPI, as clients will call it.</param>
    /// <param name="right">What staff need beyond their role.</param>
    public static RouteHandlerBuilder Is(this RouteHandlerBuilder endpoint, string name, string summary, Who who, Permission? right = null)
    {
        endpoint.Add(builder => builder.Metadata.Add(new AccessRule(who, right, who is Who.Public or Who.SignedIn ? null : ScopeOf((RouteEndpointBuilder)builder))));
        return endpoint.WithName(name).WithSummary(summary)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(429);
    }

    /// <summary>The first word of the path and whether it reads or writes: <c>billing_runs:write</c>.</summary>
    private static string ScopeOf(RouteEndpointBuilder endpoint)
    {
        var area = endpoint.RoutePattern.RawText!.Split('/', StringSplitOptions.RemoveEmptyEntries).SkipWhile(part => part is "api" or "v1").First();
        var reads = endpoint.Metadata.OfType<IHttpMethodMetadata>().All(methods => methods.HttpMethods.All(method => method is "GET" or "HEAD"));
        return $"{area.Replace('-', '_')}:{(reads ? "read" : "write")}";
    }

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

    /// <summary>It may be called this often in a minute, by one person or from one address, whatever process answers.</summary>
    /// <param name="alsoKeys">Whether all API keys of a tenant together may call it no more often.</param>
    public static RouteHandlerBuilder AtMost(this RouteHandlerBuilder endpoint, int perMinute, bool alsoKeys = false) =>
        endpoint.WithMetadata(new LimitedTo(perMinute, Together: true, alsoKeys));

    /// <summary>It reads views, and may be asked to wait for them.</summary>
    public static RouteHandlerBuilder Reads<TAnswer>(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<FreshReads>().WithMetadata(new ReadsViews()).Produces<TAnswer>();

    /// <summary>The same with a file of this type.</summary>
    public static RouteHandlerBuilder Reads<TAnswer>(this RouteHandlerBuilder endpoint, string contentType) =>
        endpoint.AddEndpointFilter<FreshReads>().WithMetadata(new ReadsViews()).Produces<TAnswer>(200, contentType);

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
