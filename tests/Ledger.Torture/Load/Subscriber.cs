namespace Ledger.Torture.Load;

/// <summary>A customer as the clerk who takes care of it knows it.</summary>
/// <param name="Id">Given by the ledger.</param>
internal sealed record Subscriber(string Id)
{
    public bool CanPay { get; set; }

    public List<Subscribed> Subscriptions { get; } = [];
}

/// <param name="Id">Given by the ledger.</param>
internal sealed record Subscribed(string Id)
{
    /// <summary>As it was when it was last heard of.</summary>
    public string Status { get; set; } = "pending";
}
