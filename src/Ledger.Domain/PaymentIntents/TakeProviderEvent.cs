using Ledger.Domain.Tenancy;

namespace Ledger.Domain.PaymentIntents;

public readonly record struct ProviderEventId(Guid Value) : IId<ProviderEventId>
{
    public static ProviderEventId From(Guid value) => new(value);

    /// <summary>By what the provider calls it: told twice, it is one.</summary>
    public static ProviderEventId Of(TenantId tenant, string provider, string name) => new(DerivedId.Of(tenant.ToString(), "provider_event", $"{provider}\n{name}"));

    public StreamId Stream => new("taken_provider_event", Value);
}

/// <summary>What a provider has told us. Stored forever: add cases, never edit them.</summary>
public abstract record ProviderEvent : IEvent
{
    private protected ProviderEvent() { }
}

/// <param name="Name">What the provider calls it.</param>
/// <param name="Kind">In the provider's words: <c>payment_intent.succeeded</c>.</param>
public sealed record ProviderEventReceived(ProviderEventId Id, string Provider, string Name, string Kind, LocalDate On) : ProviderEvent;

/// <summary>Whether something that a provider tells was taken before.</summary>
public sealed record TakenProviderEvent(bool IsTaken) : IState<TakenProviderEvent, ProviderEvent>
{
    public static TakenProviderEvent Initial { get; } = new(false);

    public static TakenProviderEvent Evolve(TakenProviderEvent state, ProviderEvent @event) => @event switch
    {
        ProviderEventReceived => new(true),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Take what a provider tells, once: what follows from it is written with it. Told again, it changes nothing.</summary>
/// <remarks>
/// Events come in any order, and come to the same. What is about something that is not known here yet is kept until it is. Money of
/// another amount or currency than was to be paid, or of no readable amount, is never taken as the one expected: it is kept for staff to
/// look at. Refuses with <c>provider_events_full</c> where as many are kept as may be, so that the provider tells it again.
/// </remarks>
/// <param name="Kind">In the provider's words.</param>
/// <param name="MayKeep">Whether the tenant has room for one more that waits.</param>
public sealed record TakeProviderEvent(
    ProviderEventId Id, string Provider, string Name, string Kind, ProviderSubject Subject, ProviderFact Fact, bool MayKeep, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<TakenProviderEvent, ProviderEvent>(Id.Stream) is { IsTaken: true }) return JointDecision.Nothing;
        var known = await states.OfNew<KnownProviderSubject, ProviderSubjectEvent>(Subject.Id.Stream);
        var subject = Subject with { IntentId = known.IntentId ?? Subject.IntentId };
        var received = new ProviderEventReceived(Id, Provider, Name, Kind, On);
        var (command, because) = await ProviderFacts.Of(states, subject, Fact, On);
        if (command is not null)
        {
            var decision = await command.Decide(states);
            return decision.Rejection is null ? decision.Append(Id.Stream, received) : decision;
        }

        if (!MayKeep || known.Kept.Count >= KnownProviderSubject.KeptMax) return ProviderEventRejections.Full;
        var about = subject.Reference ?? $"payment {subject.PaymentId!.Value.Value}";
        return new JointDecision()
            .Append(subject.Id.Stream, new ProviderEventKept(subject.Id, Id, Provider, Name, about, Fact, because!.Value, On))
            .Append(Id.Stream, received);
    }
}

/// <summary>Say that somebody has looked at what was kept, and done what was to be done. Saying it again changes nothing.</summary>
public sealed record ResolveProviderEvent(ProviderSubjectId Subject, ProviderEventId Id, string By, string? Note, LocalDate On)
    : ICommand<KnownProviderSubject, ProviderSubjectEvent>
{
    public StreamId Stream => Subject.Stream;

    public Decision<ProviderSubjectEvent> Decide(KnownProviderSubject state) =>
        state.Kept.Exists(one => one.EventId == Id) ? [new ProviderEventResolved(Subject, Id, By, On, Note)] : [];
}
