namespace Ledger.Domain.Catalog;

/// <summary>Create or change a product and put it on its shelf, in one.</summary>
/// <remarks>Refuses with whatever the two refuse with.</remarks>
/// <param name="Product">A <see cref="CreateProduct"/> or a <see cref="ChangeProduct"/>.</param>
public sealed record SaveProduct(ICommand<Product, ProductEvent> Product, ShelveProduct Shelving) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var before = Product.StartsStream
            ? await states.OfNew<Product, ProductEvent>(Product.Stream)
            : await states.Of<Product, ProductEvent>(Product.Stream);
        var saved = Product.Decide(before);
        if (saved.Rejection is { } rejection) return rejection;

        var shelved = await Shelving.Decide(states, saved.Aggregate(before, Catalog.Product.Evolve));
        if (shelved.Rejection is { } refused) return refused;
        return new JointDecision().Append(Product.Stream, [.. saved, .. shelved.Events.Select(one => one.Event)])
            .Claim([.. saved.Claims]).Release([.. saved.Releases]);
    }
}
