using System.Security.Cryptography;
using Ledger.Domain.PaymentMethods;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Sandbox;

namespace Ledger.Api.PaymentMethods;

/// <summary>Asks the provider what became of a setup session, and writes it down. Safe to repeat.</summary>
internal sealed class SetupSessions(StateReader states, CommandHandler commands, SandboxProvider sandbox, PersonalKeys keys)
{
    /// <summary>The session as it is, after asking the provider while it is pending.</summary>
    public async Task<(SetupSession.Known Session, long Version)> Refresh(SetupSessionId id, CommandContext context, CancellationToken ct)
    {
        var (session, version) = await Find(id, context.Tenant, ct);
        if (session.Status is not SetupSessionStatus.Pending) return (session, version);

        switch (await sandbox.FindSetup(session.ProviderReference, ct))
        {
            case SandboxSetup.Completed done:
                var card = done.Card;
                _ = await commands.Handle(new CompleteSetup(id, card.Token, card.Brand, card.Last4, card.ExpMonth, card.ExpYear, card.Fingerprint), context, ct);
                break;
            case SandboxSetup.Failed failed:
                _ = await commands.Handle(new FailSetup(id, failed.Code), context, ct);
                break;
        }

        return await Find(id, context.Tenant, ct);
    }

    /// <summary>What makes the link back ours: nobody else can make one for this session.</summary>
    public async Task<string> Signature(string tenant, SetupSessionId id, CancellationToken ct) =>
        Convert.ToHexStringLower((await keys.TenantKey(tenant, ct)).Token("setup session", id.Value.ToString()));

    /// <exception cref="ProblemException">The link is not ours.</exception>
    public async Task CheckSignature(string tenant, SetupSessionId id, string signature, CancellationToken ct)
    {
        var ours = Guid.TryParse(tenant, out _) && await keys.Find(tenant, PersonalKeys.OfTenant, ct) is not null
            && CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.ASCII.GetBytes(await Signature(tenant, id, ct)), System.Text.Encoding.ASCII.GetBytes(signature));
        if (!ours) throw new ProblemException(Problem.NotFound);
    }

    private async Task<(SetupSession.Known, long)> Find(SetupSessionId id, string tenant, CancellationToken ct) =>
        await states.WithVersion<SetupSession, SetupSessionEvent>(tenant, id.Stream, ct) is (SetupSession.Known known, var version)
            ? (known, version)
            : throw new ProblemException(Problem.Of(SetupSessionRejections.NotFound));
}
