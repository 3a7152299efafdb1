using Ledger.Application.Customers;
using Ledger.Application.People;
using Ledger.Application.Tenancy;
using Ledger.Domain.Customers;
using Ledger.Domain.Merchants;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

/// <summary>Somebody's own change of where they are reached: it counts when a code that was sent there has come back.</summary>
internal sealed class AddressChange(
    People people, PendingAddresses pending, OneTimeCodes codes, SentCodes post, PersonalKeys keys, CustomerSealing sealing, StateReader states,
    CommandHandler commands, Tenants tenants, Sessions sessions, SignedInCallers callers, IClock clock)
{
    /// <summary>What a customer may change at once, and which of their addresses wait to be shown.</summary>
    public async Task<(CustomerDetails Now, IReadOnlyList<(AddressChannel, string)> Waiting)> HoldBack(
        Tenant.Known tenant, CustomerDetails before, CustomerDetails wanted, CancellationToken ct)
    {
        var waiting = new List<(AddressChannel, string)>();
        if (wanted.Email is { } email && !await IsSame(AddressChannel.Email, before.Email, email)) waiting.Add((AddressChannel.Email, email));
        if (wanted.PhoneNumber is { } phone && !await IsSame(AddressChannel.Sms, before.PhoneNumber, phone)) waiting.Add((AddressChannel.Sms, phone));
        return (wanted with
        {
            Email = waiting.Any(one => one.Item1 is AddressChannel.Email) ? before.Email : wanted.Email,
            PhoneNumber = waiting.Any(one => one.Item1 is AddressChannel.Sms) ? before.PhoneNumber : wanted.PhoneNumber,
        }, waiting);

        async Task<bool> IsSame(AddressChannel channel, string? known, string said)
        {
            if (known is null) return false;
            var (one, other) = (await people.HashOf(tenant, channel, known, ct), await people.HashOf(tenant, channel, said, ct));
            return one.AsSpan().SequenceEqual(other);
        }
    }

    /// <summary>Keeps an address until it is shown to be theirs, and sends a code there.</summary>
    /// <param name="isWelcome">Whether it is the first, by which they log in.</param>
    public async Task Ask(Tenant.Known tenant, Subject subject, AddressChannel channel, string address, bool isWelcome, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        if (await keys.Find(name, subject.Id, ct) is not { } key) return;
        var to = channel is AddressChannel.Sms ? TelephoneNumbers.Normal(address, tenant.Zone) ?? address : address.Trim();
        var owner = new AddressOwner(subject, channel, to, await people.HashOf(tenant, channel, address, ct));
        await pending.Put(name, subject, new(channel, owner.Hash, key.SealBytes(System.Text.Encoding.UTF8.GetBytes(address)), isWelcome), clock.GetCurrentInstant(), ct);
        await Send(tenant, owner, isWelcome, ct);
    }

    /// <summary>Sends another code to an address that waits to be shown; false when none does.</summary>
    public async Task<bool> AskAgain(Tenant.Known tenant, Subject subject, AddressChannel channel, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        if (await pending.Find(name, subject, channel, ct) is not { } waiting || await Open(name, subject, waiting, ct) is not { } address) return false;
        var to = channel is AddressChannel.Sms ? TelephoneNumbers.Normal(address, tenant.Zone) ?? address : address.Trim();
        await Send(tenant, new(subject, channel, to, waiting.Hash), waiting.IsFirst, ct);
        return true;
    }

    /// <summary>Sends another code to whoever registered with an address and has not logged in by it yet.</summary>
    public async Task WelcomeAgain(Tenant.Known tenant, AddressChannel channel, string address, CancellationToken ct)
    {
        var hash = await people.HashOf(tenant, channel, address, ct);
        if (await pending.Registered(tenant.Id.ToString(), channel, hash, ct) is { } subject) _ = await AskAgain(tenant, subject, channel, ct);
    }

    /// <summary>An address counts by the code that was sent there. All other sessions end, and the address before is told.</summary>
    /// <param name="session">The one that goes on.</param>
    /// <exception cref="ProblemException"><c>invalid_code</c>, or another has shown the address to be theirs meanwhile.</exception>
    public async Task Confirm(Tenant.Known tenant, Subject subject, AddressChannel channel, string code, Guid? session, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        var waiting = await pending.Find(name, subject, channel, ct) ?? throw new ProblemException(Problem.InvalidCode);
        var shown = await codes.Check(name, SentCodes.Verification, waiting.Hash, code, clock.GetCurrentInstant(), ct);
        if (shown != subject) throw new ProblemException(Problem.InvalidCode);
        var before = await people.Stored(tenant, subject, channel, ct)
            ?? await people.Stored(tenant, subject, channel is AddressChannel.Email ? AddressChannel.Sms : AddressChannel.Email, ct);
        if (await Apply(tenant, subject, waiting, ct) is { } no) throw new ProblemException(Problem.Of(no));
        await pending.Remove(name, subject.Id, channel, ct);
        if (subject.Kind is SubjectKind.User) return;
        foreach (var ended in await sessions.EndOthers(name, subject.Id, session, "address_changed", clock.GetCurrentInstant(), ct)) callers.Forget(ended);
        if (before is not null) await post.SendNotice(tenant, before, ct);
    }

    /// <summary>Who logs in for the first time by the code that was sent to an address has shown that it is theirs.</summary>
    public async Task<bool> TakeOver(Tenant.Known tenant, Subject subject, AddressChannel channel, byte[] hash, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        if (await pending.Find(name, subject, channel, ct) is not { } waiting || !waiting.IsFirst || !waiting.Hash.AsSpan().SequenceEqual(hash)) return false;
        if (await Apply(tenant, subject, waiting, ct) is not null) return false;
        await pending.Remove(name, subject.Id, channel, ct);
        return true;
    }

    private async Task<Rejection?> Apply(Tenant.Known tenant, Subject subject, PendingAddress waiting, CancellationToken ct)
    {
        var address = await Open(tenant.Id.ToString(), subject, waiting, ct) ?? throw new ProblemException(Problem.InvalidCode);
        return subject.Kind is SubjectKind.User ? await ProveMerchant(tenant, address, ct) : await Change(tenant, new(subject.Id), waiting.Channel, address, ct);
    }

    private async Task<Rejection?> Change(Tenant.Known tenant, CustomerId id, AddressChannel channel, string address, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        while (true)
        {
            var (state, version) = await states.WithVersion<Customer, CustomerEvent>(name, id.Stream, ct);
            if (state is not Customer.Known known) return CustomerRejections.NotFound;
            var details = await sealing.Open(name, id, known.Details, ct);
            details = channel is AddressChannel.Email ? details with { Email = address } : details with { PhoneNumber = address };
            var personal = await sealing.Again(name, id, details, ct);
            var command = new ChangeCustomer(
                id, known.ExternalId, personal.HasName, personal.Details, personal.EmailToken, known.AutoSendInvoices, known.Metadata);
            var context = new CommandContext(name, "customer", id.Value.ToString(), await tenants.Now(tenant, ct)) { ExpectedVersion = version };
            try { return (await commands.Handle(command, personal.In(context), ct)).Rejection; }
            catch (VersionStaleException) { }   // Somebody else changed them meanwhile: what they said stays.
        }
    }

    private async Task<Rejection?> ProveMerchant(Tenant.Known tenant, string email, CancellationToken ct)
    {
        var token = Convert.ToHexStringLower((await people.KeyOf(PlatformTenant.Name, ct)).EmailToken(email));
        var id = MerchantId.Of(token);
        var context = new CommandContext(PlatformTenant.Name, "merchant", id.Value.ToString(), clock.GetCurrentInstant().ToMicroseconds());
        return (await commands.Handle(new ProveMerchantAddress(id, tenant.Id), context, ct)).Rejection;
    }

    private Task Send(Tenant.Known tenant, AddressOwner owner, bool isWelcome, CancellationToken ct) =>
        isWelcome ? post.SendWelcome(tenant, owner, ct) : post.SendVerification(tenant, owner, ct);

    private async Task<string?> Open(string tenant, Subject subject, PendingAddress waiting, CancellationToken ct) =>
        await keys.Find(tenant, subject.Id, ct) is { } key ? System.Text.Encoding.UTF8.GetString(key.OpenBytes(waiting.Sealed)) : null;
}
