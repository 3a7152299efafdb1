namespace Ledger.Domain.Classes;

/// <summary>Let a class credit expire, if its time is up.</summary>
public sealed record LetClassCreditExpire(ClassCreditId Id) : IMessage;

/// <summary>Classes that were bought expire when their time is up.</summary>
public sealed class ClassCreditExpiryPolicy : IPolicy
{
    public string Name => "class_credit_expiry";

    public IEnumerable<Send> React(IEvent @event, EventContext context) =>
        @event is ClassCreditIssued issued ? [new(new LetClassCreditExpire(issued.Id), issued.ExpiresAt)] : [];
}
