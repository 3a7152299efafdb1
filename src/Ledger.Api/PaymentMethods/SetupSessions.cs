using Ledger.Domain.PaymentMethods;
using Ledger.Gateways.Sandbox;

namespace Ledger.Api.PaymentMethods;

/// <summary>Asks the provider what became of a setup session, and writes it down. Safe to repeat.</summary>
internal sealed class SetupSessions(StateReader states, CommandHandler commands, SandboxProvider sandbox)
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

    private async Task<(SetupSession.Known, long)> Find(SetupSessionId id, string tenant, CancellationToken ct) =>
        await states.WithVersion<SetupSession, SetupSessionEvent>(tenant, id.Stream, ct) is (SetupSession.Known known, var version)
            ? (known, version)
            : throw new ProblemException(Problem.Of(SetupSessionRejections.NotFound));
}
