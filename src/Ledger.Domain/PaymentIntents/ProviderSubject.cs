using System.Collections.Immutable;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.PaymentIntents;

public readonly record struct ProviderSubjectId(Guid Value) : IId<ProviderSubjectId>
{
    public static ProviderSubjectId From(Guid value) => new(value);

    public StreamId Stream => new("known_provider_subject", Value);
}

/// <summary>What a provider's event is about: an intent by the provider's name for it, or a payment by ours.</summary>
/// <param name="Reference">The provider's name for the intent; null for a payment of ours.</param>
/// <param name="IntentId">Null while no intent of that name is known.</param>
/// <param name="PaymentId">Null for an intent.</param>
public sealed record ProviderSubject(ProviderSubjectId Id, TenantId? Tenant, string? Reference, PaymentIntentId? IntentId, PaymentId? PaymentId)
{
    public static ProviderSubject OfIntent(TenantId tenant, string reference, PaymentIntentId? intent = null) =>
        new(new(DerivedId.Of(tenant.ToString(), "provider_subject", reference)), tenant, reference, intent, null);

    public static ProviderSubject OfPayment(PaymentId payment) =>
        new(new(DerivedId.Of(payment.Value, "provider subject")), null, null, null, payment);
}

public enum ProviderFactKind { Succeeded, Failed, Canceled, Refunded, Disputed, DisputeClosed }

/// <summary>What a provider tells, in our words.</summary>
/// <param name="Amount">Null where none can be read.</param>
/// <param name="Charge">What the provider calls the charge.</param>
/// <param name="Code">Why a card was refused, or money is disputed.</param>
/// <param name="Dispute">What the provider calls the dispute.</param>
/// <param name="ToldAt">When it was, by the provider's clock, in seconds since 1970.</param>
public sealed record ProviderFact(
    ProviderFactKind Kind, Money? Amount = null, string? Charge = null, string? Code = null, string? Dispute = null, bool IsWon = false, long? ToldAt = null);

/// <summary>Why something that a provider told was kept and not written down at once.</summary>
public enum KeptBecause
{
    /// <summary>What it is about is not known here, or not paid yet: it waits for that.</summary>
    SubjectUnknown,

    /// <summary>It is about money, and how much cannot be read.</summary>
    AmountUnreadable,

    /// <summary>It is of another currency than what was to be paid.</summary>
    CurrencyDiffers,

    /// <summary>It is of another amount than what was to be paid, or more than was taken.</summary>
    AmountDiffers,
}

/// <summary>What can happen to what providers tell of one thing. Stored forever: add cases, never edit them.</summary>
public abstract record ProviderSubjectEvent : IEvent
{
    private protected ProviderSubjectEvent() { }
}

/// <summary>From now on it is known here what the provider calls so.</summary>
public sealed record ProviderSubjectKnown(ProviderSubjectId Id, PaymentIntentId IntentId) : ProviderSubjectEvent;

/// <summary>Something was told that cannot be written down, or not yet.</summary>
/// <param name="Name">What the provider calls its event.</param>
/// <param name="Subject">What it is about, as staff read it.</param>
public sealed record ProviderEventKept(
    ProviderSubjectId Id, ProviderEventId EventId, string Provider, string Name, string Subject, ProviderFact Fact, KeptBecause Because, LocalDate On)
    : ProviderSubjectEvent;

/// <summary>What was kept has been written down, since what it is about is known by now.</summary>
public sealed record ProviderEventApplied(ProviderSubjectId Id, ProviderEventId EventId, LocalDate On) : ProviderSubjectEvent;

/// <summary>Somebody has looked at it, and done what was to be done.</summary>
/// <param name="By">Opaque: a user or a key.</param>
public sealed record ProviderEventResolved(ProviderSubjectId Id, ProviderEventId EventId, string By, LocalDate On, string? Note = null) : ProviderSubjectEvent;

/// <summary>What is known of a provider's subject, and what is kept of it.</summary>
public sealed record KnownProviderSubject(PaymentIntentId? IntentId, ImmutableList<ProviderEventKept> Kept) : IState<KnownProviderSubject, ProviderSubjectEvent>
{
    /// <summary>Kept at once for one thing at most: a provider tells of a payment a handful of times.</summary>
    public const int KeptMax = 50;

    /// <summary>How long it waits for what it is about.</summary>
    public const int DaysMax = 30;

    public static KnownProviderSubject Initial { get; } = new(null, []);

    public static KnownProviderSubject Evolve(KnownProviderSubject state, ProviderSubjectEvent @event) => @event switch
    {
        ProviderSubjectKnown known => state with { IntentId = known.IntentId },
        ProviderEventKept kept => state with { Kept = state.Kept.Add(kept) },
        ProviderEventApplied applied => state with { Kept = state.Kept.RemoveAll(one => one.EventId == applied.EventId) },
        ProviderEventResolved resolved => state with { Kept = state.Kept.RemoveAll(one => one.EventId == resolved.EventId) },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    /// <summary>What waits for the subject, in the order in which it happened at the provider.</summary>
    public IEnumerable<ProviderEventKept> WaitingOn(LocalDate today) => Kept
        .Where(one => one.Because is KeptBecause.SubjectUnknown && one.On.PlusDays(DaysMax) >= today)
        .OrderBy(one => one.Fact.ToldAt ?? 0).ThenBy(one => one.Name, StringComparer.Ordinal);
}

/// <summary>Every "no" about what providers tell.</summary>
public static class ProviderEventRejections
{
    public static readonly Rejection NotFound = new("provider_event_not_found", RejectionKind.NotFound, "No event of a provider is kept under this id.");

    public static readonly Rejection Full = new(
        "provider_events_full", RejectionKind.Conflict, "Too many events of providers are kept already. Tell it again later.");
}
