using Ledger.Testing;

namespace Ledger.Scenarios.Notifications;

/// <summary>A test that has a real SMTP server take mail; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MailServerFactAttribute : FactAttribute
{
    public MailServerFactAttribute() => Skip = MailServer.WhyNot;
}
