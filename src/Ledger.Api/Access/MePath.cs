namespace Ledger.Api.Access;

/// <summary>A customer's own path: <c>/customers/me</c> is what <c>/customers/{their id}</c> is.</summary>
internal sealed class MePath(RequestDelegate next)
{
    private const string Mine = "/api/v1/customers/me";

    public async Task InvokeAsync(HttpContext http, Callers callers)
    {
        var path = http.Request.Path;
        if (path.StartsWithSegments(Mine, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            var caller = await callers.Of(http) ?? throw new ProblemException(Callers.Refusal(http));
            if (caller.Customer is not { } customer) throw new ProblemException(Problem.Of(Domain.Customers.CustomerRejections.NotFound));
            http.Request.Path = $"/api/v1/customers/{customer.Value}{rest}";
        }

        await next(http);
    }
}
