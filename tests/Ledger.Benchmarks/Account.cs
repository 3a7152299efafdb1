using System.Diagnostics;
using Ledger.Decisions;
using NodaTime;

namespace Ledger.Benchmarks;

/// <summary>What is written and read here: an account with movements, of the size that billing events have.</summary>
public sealed record Account(long Balance, int Movements, LocalDate LastOn) : IState<Account, AccountEvent>
{
    public static Account Initial { get; } = new(0, 0, default);

    public static StreamId Stream(Guid id) => new("account", id);

    public static Account Evolve(Account state, AccountEvent @event) => @event switch
    {
        AccountMoved moved => new(state.Balance + moved.Amount, state.Movements + 1, moved.On),
        _ => throw new UnreachableException(),
    };
}

public abstract record AccountEvent : IEvent
{
    private protected AccountEvent() { }
}

public sealed record AccountMoved(
    Guid AccountId, Guid CustomerId, long Amount, string Currency, LocalDate On, string Description, string Reference) : AccountEvent
{
    /// <summary>An event of 288 bytes of JSON, or nearly.</summary>
    public static AccountMoved Sample(Guid account, int n) => new(
        account, Customer(n), 100 + n % 900, "ISK", new LocalDate(2026, 1, 1).PlusDays(n % 365), $"Subscription, instalment {n % 12 + 1} of 12, delivered", $"ref-{n:000000000}-{account:N}"[..40]);

    public static Guid Customer(int n) => new(n % 2000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
}

public sealed record MoveAccount(Guid Id, int N) : ICommand<Account, AccountEvent>
{
    public StreamId Stream => Account.Stream(Id);

    public Decision<AccountEvent> Decide(Account state) => [AccountMoved.Sample(Id, N)];
}
