using Ledger.Testing;

namespace Ledger.Gateways.Tests.Post;

/// <summary>A test that has a real SMTP server take mail; skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MailServerFactAttribute : FactAttribute
{
    public MailServerFactAttribute() => Skip = MailServer.WhyNot;
}
